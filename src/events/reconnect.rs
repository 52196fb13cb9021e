//! Listening on one line after the other.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use serde::Serialize;
use url::Url;

use super::connection::{Connection, KeepAlive};
use super::event::read;
use super::token_provider::TokenProvider;
use super::{EventStreamItem, Gap, WebSocketEndpoint};
use crate::client::telemetry;
use crate::error::ConfigError;
use crate::{AuthenticationClient, Error, Result};

const KEEP_ALIVE: KeepAlive = KeepAlive { interval: Duration::from_secs(30), timeout: Duration::from_secs(10) };
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);

pub struct Reconnector {
    client: AuthenticationClient,
    socket: WebSocketEndpoint,
    code: Arc<str>,
    /// The address, but for the token.
    url: Result<Url, ConfigError>,
    pub token: Option<TokenProvider>,
    pub keep_alive: KeepAlive,
    pauses: ExponentialBuilder,
    /// The pauses that are left, until something comes again.
    backoff: ExponentialBackoff,
    /// The pause before the next attempt.
    pause: Duration,
    line: Option<Connection>,
    deaf_since: Option<SystemTime>,
    /// To be told before anything else.
    gap: Option<Gap>,
    ended: bool,
}

impl Reconnector {
    pub fn new(client: AuthenticationClient, socket: WebSocketEndpoint, parameters: &impl Serialize) -> Self {
        let pauses = pauses(FIRST_PAUSE, LONGEST_PAUSE);
        Self {
            url: socket.url(&client, parameters),
            code: socket.code(parameters).into(),
            client,
            socket,
            token: None,
            keep_alive: KEEP_ALIVE,
            pauses,
            backoff: pauses.build(),
            pause: Duration::ZERO,
            line: None,
            deaf_since: None,
            gap: None,
            ended: false,
        }
    }

    pub fn set_pauses(&mut self, first: Duration, longest: Duration) {
        self.pauses = pauses(first, longest);
        self.backoff = self.pauses.build();
    }

    /// What the stream tells next; an error is the last.
    pub async fn next(&mut self) -> Option<Result<EventStreamItem>> {
        if self.ended {
            return None;
        }
        if let Some(gap) = self.gap.take() {
            return Some(Ok(EventStreamItem::Gap(gap)));
        }
        let outcome = match &mut self.line {
            Some(line) => line.message(self.keep_alive).await.map_err(Error::from),
            None => {
                tokio::time::sleep(self.pause).await;
                match self.open().await {
                    Ok(line) => return Some(Ok(self.connected(line))),
                    Err(error) => Err(error),
                }
            }
        };
        match outcome {
            Ok(message) => {
                self.backoff = self.pauses.build();
                Some(Ok(read(&self.code, message).map_or_else(EventStreamItem::Malformed, EventStreamItem::Event)))
            }
            Err(error) => Some(self.lost(error)),
        }
    }

    async fn open(&mut self) -> Result<Connection> {
        let mut url = self.url.clone()?;
        let token = match &mut self.token {
            Some(source) => source().await?,
            None => self.client.options().access_token.clone().ok_or_else(|| {
                ConfigError::new("there is no access token", "call `with_access_token`, or `token_provider`")
            })?,
        };
        url.query_pairs_mut().append_pair(self.socket.token, token.expose_secret());
        Connection::open(&self.client, url).await
    }

    fn connected(&mut self, line: Connection) -> EventStreamItem {
        telemetry::record_connect(self.socket.id, self.url.as_ref().ok());
        self.gap = self.deaf_since.take().map(|since| Gap { start: since, end: line.last_sign });
        self.line = Some(line);
        EventStreamItem::Connected
    }

    fn lost(&mut self, error: Error) -> Result<EventStreamItem> {
        if let Some(line) = self.line.take() {
            self.deaf_since = Some(line.last_sign);
        }
        let may_pass = error.is_transient() || error.status().is_some_and(|status| status.is_server_error());
        if !may_pass {
            self.ended = true;
            return Err(error);
        }
        let pause = self.backoff.next().unwrap_or(HOUR);
        self.pause = pause.max(error.retry_after().unwrap_or_default().min(HOUR));
        telemetry::record_disconnect(self.socket.id, self.url.as_ref().ok(), self.pause, &error);
        Ok(EventStreamItem::Disconnected(error))
    }
}

fn pauses(first: Duration, longest: Duration) -> ExponentialBuilder {
    let longest = longest.min(HOUR);
    let builder = ExponentialBuilder::new().with_jitter().without_max_times();
    builder.with_min_delay(first.min(longest)).with_max_delay(longest)
}
