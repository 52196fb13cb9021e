//! Standard output.

use std::io::{self, IsTerminal, Write};

use clap::ArgMatches;
use serde_json::Value;

use super::error::Result;
use super::global_args::Format;
use super::table;
use super::terminal::printable_json;

/// Prints a value in the format of `--output`.
pub fn print(value: &Value, matches: &ArgMatches, default: Format) -> Result<()> {
    let text = match matches.get_one("output").copied().unwrap_or(default) {
        Format::Json => json(value.to_string()),
        Format::Pretty => json(format!("{value:#}")),
        Format::Table => table::of(value),
    };
    write(format!("{text}\n").as_bytes())
}

/// On a terminal, without characters that act on it; elsewhere unchanged.
fn json(text: String) -> String {
    if io::stdout().is_terminal() { printable_json(&text) } else { text }
}

pub fn write(bytes: &[u8]) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    Ok(out.flush()?)
}
