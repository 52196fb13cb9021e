//! `genauth events`: events as they come.

use std::pin::pin;

use clap::ArgMatches;
use futures_util::TryStreamExt;
use futures_util::future::{Either, select};
use genauth::events::Incoming;
use serde_json::Value;

use super::call::runtime;
use super::failure::{Failure, Result, tell};
use super::{output, settings, stop};

/// Prints events until it is told to stop, or the stream ends.
pub fn run(matches: &ArgMatches) -> Result<()> {
    if matches.get_flag("sandbox") {
        let hint = "run `genauth sandbox` and use the variables that it prints";
        return Err(Failure::with_hint("--sandbox: nobody would publish anything to a sandbox of its own", hint));
    }
    let client = settings::client(matches)?;
    let code = matches.get_one::<String>("code").map(String::as_str).unwrap_or_default();
    runtime()?.block_on(async {
        let stop = stop::requested().map_err(Failure::usage)?;
        let events = client.events(code).map_err(Failure::from).try_for_each(async |incoming| print(incoming));
        match select(pin!(stop), pin!(events)).await {
            Either::Left(_) => Ok(()),
            Either::Right((outcome, _)) => outcome,
        }
    })
}

fn print(incoming: Incoming) -> Result<()> {
    match incoming {
        Incoming::Event(event) => {
            let json: Value = event.deserialize()?;
            output::write(format!("{json}\n").as_bytes())?;
        }
        Incoming::Connected => tell("connected"),
        Incoming::Lost(error) => tell(&format!("the line is lost: {error}")),
        Incoming::Gap(gap) => {
            let times = [gap.since, gap.until].map(humantime::format_rfc3339_seconds);
            tell(&format!("events may be missing from {} to {}", times[0], times[1]));
        }
        Incoming::Unreadable(message) => tell(&format!("a message is no event: {}", message.reason)),
        other => tell(&format!("{other:?}")),
    }
    Ok(())
}
