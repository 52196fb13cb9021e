//! The OpenAPI document.

use clap::ArgMatches;
use serde_json::Value;

use super::api::{Api, MANAGEMENT};
use super::error::{CliError, Result};
use super::output;

/// Prints it in JSON or YAML.
pub fn run(matches: &ArgMatches) -> Result<()> {
    let api = if matches.get_flag(MANAGEMENT) { Api::Management } else { Api::Authentication };
    let text = match matches.get_flag("yaml") {
        false => format!("{}\n", api.openapi()),
        true => serde_norway::to_string(&parse(api)).map_err(CliError::usage)?,
    };
    output::write(text.as_bytes())
}

/// The parsed document. This is slow, so it is only for commands that print parts of it.
pub fn parse(api: Api) -> Value {
    serde_json::from_str(api.openapi()).expect("the build wrote it as JSON")
}
