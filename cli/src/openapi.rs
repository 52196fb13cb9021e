//! The OpenAPI document.

use clap::ArgMatches;
use serde_json::Value;

use super::error::{CliError, Result};
use super::output;

/// Prints it in JSON or YAML.
pub fn run(matches: &ArgMatches) -> Result<()> {
    let text = match matches.get_flag("yaml") {
        false => format!("{}\n", genauth::OPENAPI),
        true => serde_norway::to_string(&parse()).map_err(CliError::usage)?,
    };
    output::write(text.as_bytes())
}

/// The parsed document. This is slow, so it is only for commands that print parts of it.
pub fn parse() -> Value {
    serde_json::from_str(genauth::OPENAPI).expect("the build wrote it as JSON")
}
