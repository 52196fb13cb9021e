//! Values that need not stand on the command line: `env:NAME`, `@FILE`, `-`.

use std::io::{IsTerminal, Read};
use std::{env, fs, io};

use genauth::Secret;

use super::error::{CliError, Result};

/// What the help says of secrets.
pub const HELP: &str = "\
A secret, and JSON, need not stand on the command line, where others may see it: `env:NAME` takes it from a \
variable, `@FILE` from a file, and `-` asks for a secret without showing it, or reads it from standard input, where \
that is no terminal: a line for each secret, all of it for JSON. A secret that looks like one of these itself has to \
come in one of these ways.";

/// The secret that `given` stands for; `option` is the flag's name.
pub fn secret(option: &str, given: &str) -> Result<Secret> {
    match given {
        "-" if io::stdin().is_terminal() => {
            let typed = rpassword::prompt_password(format!("{option}: "));
            typed.map(Secret::from).map_err(|error| unreadable(option, "the terminal", &error))
        }
        "-" => line(option).map(Secret::from),
        _ => text(option, given).map(|text| Secret::from(text.trim_end_matches(['\r', '\n']))),
    }
}

/// The JSON that `given` stands for, as text.
pub fn json(option: &str, given: &str) -> Result<String> {
    if given != "-" {
        return text(option, given);
    }
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).map_err(|error| unreadable(option, "standard input", &error))?;
    Ok(text)
}

fn text(option: &str, given: &str) -> Result<String> {
    if let Some(name) = given.strip_prefix("env:") {
        return env::var(name).map_err(|error| unreadable(option, &format!("the variable `{name}`"), &error));
    }
    match given.strip_prefix('@') {
        Some(file) => {
            fs::read_to_string(file).map_err(|error| unreadable(option, &format!("the file `{file}`"), &error))
        }
        None => Ok(given.to_owned()),
    }
}

fn line(option: &str) -> Result<String> {
    let mut line = String::new();
    match io::stdin().read_line(&mut line) {
        Ok(0) => Err(CliError::usage(format!("{option}: standard input has no line for it"))),
        Ok(_) => Ok(line.trim_end_matches(['\r', '\n']).to_owned()),
        Err(error) => Err(unreadable(option, "standard input", &error)),
    }
}

/// Names where it was to come from; never what was found there.
fn unreadable(option: &str, place: &str, error: &dyn std::fmt::Display) -> CliError {
    CliError::usage(format!("{option}: {place} cannot be read: {error}"))
}
