//! Secrets and JSON from other places than the command line: `env:NAME`, `@FILE`, `-`.

use std::io::{IsTerminal, Read};
use std::{env, fs, io};

use genauth::Secret;

use super::error::{CliError, Result};

/// The part of the help that explains it.
pub const HELP: &str = "\
Arguments are visible to other users of the machine, so secrets and JSON can come from elsewhere: `env:NAME` reads an \
environment variable, `@FILE` reads a file, and `-` prompts for a secret without showing it. Where standard input is \
not a terminal, `-` reads it instead: one line for each secret, everything for JSON. A secret that is `-` itself, or \
begins with `env:` or `@`, must be given in one of these ways.";

/// The secret for `given`; `option` is the flag, for errors.
pub fn secret(option: &str, given: &str) -> Result<Secret> {
    match given {
        "-" if io::stdin().is_terminal() => {
            let typed = rpassword::prompt_password(format!("{option}: "));
            typed.map(Secret::from).map_err(|error| read_error(option, "the terminal", &error))
        }
        "-" => line(option).map(Secret::from),
        _ => text(option, given).map(|text| Secret::from(text.trim_end_matches(['\r', '\n']))),
    }
}

/// The text of the JSON for `given`.
pub fn json(option: &str, given: &str) -> Result<String> {
    if given != "-" {
        return text(option, given);
    }
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).map_err(|error| read_error(option, "standard input", &error))?;
    Ok(text)
}

fn text(option: &str, given: &str) -> Result<String> {
    if let Some(name) = given.strip_prefix("env:") {
        return env::var(name).map_err(|error| read_error(option, &format!("environment variable `{name}`"), &error));
    }
    match given.strip_prefix('@') {
        Some(file) => fs::read_to_string(file).map_err(|error| read_error(option, &format!("file `{file}`"), &error)),
        None => Ok(given.to_owned()),
    }
}

fn line(option: &str) -> Result<String> {
    let mut line = String::new();
    match io::stdin().read_line(&mut line) {
        Ok(0) => Err(CliError::usage(format!("{option}: standard input has no more lines"))),
        Ok(_) => Ok(line.trim_end_matches(['\r', '\n']).to_owned()),
        Err(error) => Err(read_error(option, "standard input", &error)),
    }
}

/// Names the source, never its contents.
fn read_error(option: &str, source: &str, error: &dyn std::fmt::Display) -> CliError {
    CliError::usage(format!("{option}: cannot read {source}: {error}"))
}
