//! Standard output.

use std::io::{self, Write};

use clap::ArgMatches;
use serde_json::Value;

use super::error::Result;
use super::global_args::Format;
use super::table;

/// Prints a value in the format of `--output`.
pub fn print(value: &Value, matches: &ArgMatches, default: Format) -> Result<()> {
    let text = match matches.get_one("output").copied().unwrap_or(default) {
        Format::Json => value.to_string(),
        Format::Pretty => format!("{value:#}"),
        Format::Table => table::of(value),
    };
    write(format!("{text}\n").as_bytes())
}

pub fn write(bytes: &[u8]) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    Ok(out.flush()?)
}
