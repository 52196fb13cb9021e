//! Secrets and JSON from other places than the command line: `env:NAME`, `@FILE`, `-`.

use std::env::VarError;
use std::io::{IsTerminal, Read};
use std::path::Path;
use std::{env, fs, io};

use genauth::Secret;

use super::error::{CliError, Result};
use super::private_file;

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
    Ok(without_byte_order_mark(&text).to_owned())
}

fn text(option: &str, given: &str) -> Result<String> {
    if let Some(name) = given.strip_prefix("env:") {
        // The error would show a value that is not UTF-8.
        let reason = |error| match error {
            VarError::NotPresent => "it is not set",
            VarError::NotUnicode(_) => "it is not UTF-8",
        };
        let variable = format!("environment variable `{name}`");
        return env::var(name).map_err(|error| read_error(option, &variable, &reason(error)));
    }
    match given.strip_prefix('@') {
        Some(file) => {
            let text =
                fs::read_to_string(file).map_err(|error| read_error(option, &format!("file `{file}`"), &error))?;
            Ok(without_byte_order_mark(&text).to_owned())
        }
        None => Ok(given.to_owned()),
    }
}

/// The secret in a file that others cannot read.
pub fn secret_file(path: &Path) -> Result<Secret> {
    let error = |error: io::Error| CliError::usage(format!("{}: cannot read the app secret: {error}", path.display()));
    if private_file::is_shared(&fs::metadata(path).map_err(error)?) {
        let message = format!("{}: contains a secret but is readable by others", path.display());
        return Err(CliError::with_hint(message, format!("run `chmod 600 {}`", path.display())));
    }
    let text = fs::read_to_string(path).map_err(error)?;
    Ok(without_byte_order_mark(&text).trim_end_matches(['\r', '\n']).into())
}

fn without_byte_order_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
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
