//! The operations that there are.

use clap::ArgMatches;
use serde_json::{Value, json};

use super::error::Result;
use super::global_args::Format;
use super::output;
use super::spec::Description;

/// Lists the operations.
pub fn run(description: &Description, matches: &ArgMatches) -> Result<()> {
    let tag = matches.get_one::<String>("tag");
    let operations = description.operations().filter(|operation| tag.is_none_or(|tag| operation.tag() == tag));
    let rows = operations.map(
        |operation| json!({ "operation": operation.name(), "tag": operation.tag(), "summary": operation.summary() }),
    );
    output::print(&Value::Array(rows.collect()), matches, Format::Table)
}
