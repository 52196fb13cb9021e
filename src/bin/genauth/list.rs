//! What there is: the operations, and the whole document.

use clap::ArgMatches;
use serde_json::{Value, json};

use super::description::Description;
use super::failure::{Failure, Result};
use super::options::Format;
use super::output;

/// Lists the operations.
pub fn run(description: &Description, matches: &ArgMatches) -> Result<()> {
    let tag = matches.get_one::<String>("tag");
    let operations = description.operations().filter(|operation| tag.is_none_or(|tag| operation.tag() == tag));
    let rows = operations.map(
        |operation| json!({ "operation": operation.name(), "tag": operation.tag(), "summary": operation.summary() }),
    );
    output::print(&Value::Array(rows.collect()), matches, Format::Table)
}

/// Prints the document.
pub fn document(description: &Description, matches: &ArgMatches) -> Result<()> {
    let text = match matches.get_flag("yaml") {
        false => format!("{}\n", genauth::OPENAPI),
        true => serde_norway::to_string(description.document()).map_err(Failure::usage)?,
    };
    output::write(text.as_bytes())
}
