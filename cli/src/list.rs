//! `genauth list`: the operations.

use clap::ArgMatches;
use serde_json::{Value, json};

use super::api::Api;
use super::error::Result;
use super::global_args::Format;
use super::{output, spec};

/// Prints the operations, all or those with a tag.
pub fn run(matches: &ArgMatches) -> Result<()> {
    let tag = matches.get_one::<String>("tag");
    let operations = Api::ALL.into_iter().flat_map(spec::operations);
    let operations = operations.filter(|operation| tag.is_none_or(|tag| operation.spec.tag == tag));
    let rows = operations.map(|operation| {
        json!({ "operation": operation.command(), "tag": operation.spec.tag, "summary": operation.spec.summary })
    });
    output::print(&Value::Array(rows.collect()), matches, Format::Table)
}
