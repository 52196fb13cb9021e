//! The command `genauth`: every operation of the description, without writing a program.

#![deny(missing_docs)]
#![forbid(unsafe_code)]

mod call;
mod cli;
mod completions;
mod config;
mod config_file;
mod describe;
mod error;
mod events;
mod field_args;
mod global_args;
mod list;
mod logging;
mod login;
mod logout;
mod openapi;
mod output;
mod private_file;
mod redirect_server;
mod sandbox;
mod secret_input;
mod shutdown;
mod spec;
mod table;
mod token_store;

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use clap::ArgMatches;
use clap::error::{ContextKind, ContextValue};
use error::{CliError, Result};
use global_args::Format;
use spec::Description;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().collect();
    let description = Description::read();
    let matches = match cli::root(&description, true).try_get_matches_from(&arguments) {
        Ok(matches) => matches,
        Err(error) => return misunderstood(&description, &error, &arguments),
    };
    let as_json = matches.get_one::<Format>("output") == Some(&Format::Json);
    match run(&description, &matches) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(as_json),
    }
}

fn run(description: &Description, matches: &ArgMatches) -> Result<()> {
    if matches.get_flag("verbose") {
        logging::start();
    }
    match matches.subcommand() {
        Some(("completions", matches)) => completions::completions(description, matches),
        Some(("describe", matches)) => describe::run(description, matches),
        Some(("events", matches)) => events::run(matches),
        Some(("list", matches)) => list::run(description, matches),
        Some(("login", matches)) => login::run(matches),
        Some(("logout", matches)) => logout::run(matches),
        Some(("man", matches)) => completions::man(description, matches),
        Some(("openapi", matches)) => openapi::run(description, matches),
        Some(("sandbox", matches)) => sandbox::run(matches),
        Some((name, matches)) => call::run(&known(description, name)?, matches),
        None => Err(CliError::usage("no command is given")),
    }
}

/// The operation whose command is `name`.
fn known<'a>(description: &'a Description, name: &str) -> Result<spec::Operation<'a>> {
    let names = description.operations().map(|operation| operation.name());
    description.operation(name).ok_or_else(|| unknown(name, names))
}

fn unknown(name: &str, names: impl Iterator<Item = String>) -> CliError {
    let hint = call::suggestion(name, names, "`genauth list` shows the operations, `genauth --help` the rest");
    CliError::with_hint(format!("nothing is called `{name}`"), hint)
}

/// Help that was asked for, or what is wrong with the arguments.
fn misunderstood(description: &Description, error: &clap::Error, arguments: &[OsString]) -> ExitCode {
    let json = |pair: &[OsString]| pair[0] == "--output" && pair[1] == "json";
    let as_json = arguments.windows(2).any(json) || arguments.iter().any(|argument| argument == "--output=json");
    if let Some(ContextValue::String(name)) = error.get(ContextKind::InvalidSubcommand) {
        let root = cli::root(description, true);
        let names = root.get_subcommands().map(|command| command.get_name().to_owned());
        return unknown(name, names).report(as_json);
    }
    if as_json && error.exit_code() != 0 {
        let text = error.render().to_string();
        let mut paragraphs = text.split("\n\n").map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        let what = paragraphs.next().unwrap_or_default();
        let hint = paragraphs.find_map(|text| text.strip_prefix("tip: ").map(ToOwned::to_owned));
        return CliError::Usage { what: what.trim_start_matches("error: ").to_owned(), hint }.report(true);
    }
    // Where nobody reads on, there is nobody to tell.
    let _ = error.print();
    ExitCode::from(error.exit_code().try_into().unwrap_or(2))
}
