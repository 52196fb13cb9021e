//! `genauth management`: the operations of the management API, and its events.

use std::pin::pin;

use clap::ArgMatches;
use futures_util::future::{Either, select};

use super::api::Api;
use super::error::{CliError, Result};
use super::{call, config, events, runtime, shutdown, spec, suggestion};

pub fn run(matches: &ArgMatches) -> Result<()> {
    match matches.subcommand() {
        Some(("events", matches)) => print_events(matches),
        Some((name, matches)) => match spec::find_operation(Api::Management, name) {
            Some(operation) => call::run(&operation, matches),
            None => Err(suggestion::unknown_command(Api::Management, name)),
        },
        None => Err(CliError::usage("no operation is given: see `genauth list`")),
    }
}

fn print_events(matches: &ArgMatches) -> Result<()> {
    config::reject_sandbox(matches, "management events")?;
    let client = config::management_client(matches)?;
    let event_type = matches.get_one::<String>("event-type").map(String::as_str).unwrap_or_default();
    runtime::new()?.block_on(async {
        let shutdown = shutdown::requested().map_err(CliError::usage)?;
        match select(pin!(shutdown), pin!(events::print_all(client.events(event_type)))).await {
            Either::Left(_) => Ok(()),
            Either::Right((outcome, _)) => outcome,
        }
    })
}
