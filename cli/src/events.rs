//! `genauth events`: print events as they arrive.

use std::pin::pin;

use clap::ArgMatches;
use futures_util::TryStreamExt;
use futures_util::future::{Either, select};
use genauth::events::EventStreamItem;
use serde_json::Value;

use super::error::{CliError, Result};
use super::terminal::notify;
use super::{config, output, runtime, shutdown};

/// Runs until the process is asked to stop, or the stream ends.
pub fn run(matches: &ArgMatches) -> Result<()> {
    config::reject_sandbox(matches, "events")?;
    let application = config::application(matches)?;
    let event_type = matches.get_one::<String>("event-type").map(String::as_str).unwrap_or_default();
    runtime::new()?.block_on(async {
        let shutdown = shutdown::requested().map_err(CliError::usage)?;
        let client = application.user_client().await?;
        let events = client.events(event_type).map_err(CliError::from).try_for_each(async |item| print(item));
        match select(pin!(shutdown), pin!(events)).await {
            Either::Left(_) => Ok(()),
            Either::Right((outcome, _)) => outcome,
        }
    })
}

fn print(item: EventStreamItem) -> Result<()> {
    match item {
        EventStreamItem::Event(event) => {
            let json: Value = event.deserialize()?;
            output::write(format!("{json}\n").as_bytes())?;
        }
        EventStreamItem::Connected => notify("event stream connected"),
        EventStreamItem::Disconnected(error) => notify(&format!("event stream disconnected: {error}")),
        EventStreamItem::Gap(gap) => {
            let [start, end] = [gap.start, gap.end].map(humantime::format_rfc3339_seconds);
            notify(&format!("events may be missing from {start} to {end}"));
        }
        EventStreamItem::Malformed(message) => notify(&format!("malformed message: {}", message.reason)),
        other => notify(&format!("{other:?}")),
    }
    Ok(())
}
