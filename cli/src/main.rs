//! The command `genauth`: every operation of the GenAuth API from the shell.

#![deny(missing_docs)]
#![forbid(unsafe_code)]

mod api;
mod call;
mod cli;
mod command_name;
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
mod management;
mod openapi;
mod output;
mod private_file;
mod redirect_server;
mod runtime;
mod sandbox;
mod schema;
mod secret_input;
mod shutdown;
mod spec;
mod suggestion;
mod table;
mod terminal;
mod token_store;

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use api::Api;
use clap::ArgMatches;
use clap::error::{ContextKind, ContextValue};
use error::{CliError, Result};
use global_args::Format;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().collect();
    let matches = match cli::parser(&arguments).try_get_matches_from(&arguments) {
        Ok(matches) => matches,
        Err(error) => return report_clap_error(&error, &arguments),
    };
    let as_json = matches.get_one::<Format>("output") == Some(&Format::Json);
    match run(&matches) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => error.report(as_json),
    }
}

fn run(matches: &ArgMatches) -> Result<()> {
    if matches.get_flag("verbose") {
        logging::start();
    }
    match matches.subcommand() {
        Some(("completions", matches)) => completions::completions(matches),
        Some(("describe", matches)) => describe::run(matches),
        Some(("events", matches)) => events::run(matches),
        Some(("list", matches)) => list::run(matches),
        Some(("login", matches)) => login::run(matches),
        Some(("logout", matches)) => logout::run(matches),
        Some(("man", matches)) => completions::man(matches),
        Some((api::MANAGEMENT, matches)) => management::run(matches),
        Some(("openapi", matches)) => openapi::run(matches),
        Some(("sandbox", matches)) => sandbox::run(matches),
        Some((name, matches)) => match spec::find_operation(Api::Authentication, name) {
            Some(operation) => call::run(&operation, matches),
            None => Err(suggestion::unknown_command(Api::Authentication, name)),
        },
        None => Err(CliError::usage("no command is given: see `genauth --help`")),
    }
}

/// Prints help or the version, which clap returns as errors, or an error about the arguments.
fn report_clap_error(error: &clap::Error, arguments: &[OsString]) -> ExitCode {
    let json = |pair: &[OsString]| pair[0] == "--output" && pair[1] == "json";
    let as_json = arguments.windows(2).any(json) || arguments.iter().any(|argument| argument == "--output=json");
    if let Some(ContextValue::String(name)) = error.get(ContextKind::InvalidSubcommand) {
        let is_management = arguments.iter().any(|argument| argument == api::MANAGEMENT);
        let api = if is_management { Api::Management } else { Api::Authentication };
        return suggestion::unknown_command(api, name).report(as_json);
    }
    if as_json && error.exit_code() != 0 {
        let text = error.render().to_string();
        let mut paragraphs = text.split("\n\n").map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        let message = paragraphs.next().unwrap_or_default();
        let hint = paragraphs.find_map(|text| text.strip_prefix("tip: ").map(ToOwned::to_owned));
        return CliError::Usage { message: message.trim_start_matches("error: ").to_owned(), hint }.report(true);
    }
    // The exit status reports the outcome even where the output is closed.
    let _ = error.print();
    ExitCode::from(error.exit_code().try_into().unwrap_or(2))
}
