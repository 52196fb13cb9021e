//! `genauth events`: print events as they arrive.

use std::pin::pin;
use std::sync::Arc;

use clap::ArgMatches;
use futures_util::TryStreamExt;
use futures_util::future::{Either, select};
use genauth::events::{EventStream, EventStreamItem};
use genauth::oidc::TokenError;
use genauth::{AuthenticationClient, Secret};
use serde_json::Value;

use super::error::{CliError, Result};
use super::terminal::notify;
use super::token_store::TokenStore;
use super::{config, output, runtime, shutdown};

/// Runs until the process is asked to stop, or the stream ends.
pub fn run(matches: &ArgMatches) -> Result<()> {
    config::reject_sandbox(matches, "events")?;
    let application = config::application(matches)?;
    let event_type = matches.get_one::<String>("event-type").map(String::as_str).unwrap_or_default();
    runtime::new()?.block_on(async {
        let shutdown = shutdown::requested().map_err(CliError::usage)?;
        let mut events = application.client.events(event_type);
        if let Some(login) = application.login() {
            let (login, client) = (Arc::clone(login), application.client.clone());
            // For each connection: the token that the stream began with expires.
            events = events.token_provider(move || access_token(Arc::clone(&login), client.clone()));
        }
        match select(pin!(shutdown), pin!(print_all(events))).await {
            Either::Left(_) => Ok(()),
            Either::Right((outcome, _)) => outcome,
        }
    })
}

/// Prints events until the stream ends.
pub async fn print_all(events: EventStream) -> Result<()> {
    events.map_err(CliError::from).try_for_each(async |item| print(item)).await
}

/// The stored login's access token.
async fn access_token(login: Arc<TokenStore>, client: AuthenticationClient) -> genauth::Result<Secret> {
    let reason = match login.access_token(&client).await {
        Ok(Some(token)) => return Ok(token),
        Ok(None) => "no login is stored".to_owned(),
        Err(CliError::Call(error)) => return Err(error),
        Err(error) => error.message(),
    };
    notify(&format!("cannot use the stored login: {reason}"));
    Err(TokenError::MissingRefreshToken.into())
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
