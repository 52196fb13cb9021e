//! The bundled document.

use clap::ArgMatches;

use super::error::{CliError, Result};
use super::output;
use super::spec::Description;

/// Prints it, in JSON or YAML.
pub fn run(description: &Description, matches: &ArgMatches) -> Result<()> {
    let text = match matches.get_flag("yaml") {
        false => format!("{}\n", genauth::OPENAPI),
        true => serde_norway::to_string(description.document()).map_err(CliError::usage)?,
    };
    output::write(text.as_bytes())
}
