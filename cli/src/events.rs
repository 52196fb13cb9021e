//! `genauth events`: events as they come.

use std::pin::pin;

use clap::ArgMatches;
use futures_util::TryStreamExt;
use futures_util::future::{Either, select};
use genauth::events::EventStreamItem;
use serde_json::Value;

use super::call::runtime;
use super::error::{CliError, Result, tell};
use super::{config, output, shutdown};

/// Prints events until it is told to stop, or the stream ends.
pub fn run(matches: &ArgMatches) -> Result<()> {
    config::refuse_sandbox(matches, "events")?;
    let application = config::application(matches)?;
    let code = matches.get_one::<String>("code").map(String::as_str).unwrap_or_default();
    runtime()?.block_on(async {
        let stop = shutdown::requested().map_err(CliError::usage)?;
        let client = application.user_client().await?;
        let events = client.events(code).map_err(CliError::from).try_for_each(async |incoming| print(incoming));
        match select(pin!(stop), pin!(events)).await {
            Either::Left(_) => Ok(()),
            Either::Right((outcome, _)) => outcome,
        }
    })
}

fn print(incoming: EventStreamItem) -> Result<()> {
    match incoming {
        EventStreamItem::Event(event) => {
            let json: Value = event.deserialize()?;
            output::write(format!("{json}\n").as_bytes())?;
        }
        EventStreamItem::Connected => tell("connected"),
        EventStreamItem::Disconnected(error) => tell(&format!("the line is lost: {error}")),
        EventStreamItem::Gap(gap) => {
            let times = [gap.start, gap.end].map(humantime::format_rfc3339_seconds);
            tell(&format!("events may be missing from {} to {}", times[0], times[1]));
        }
        EventStreamItem::Malformed(message) => tell(&format!("a message is no event: {}", message.reason)),
        other => tell(&format!("{other:?}")),
    }
    Ok(())
}
