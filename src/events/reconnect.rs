//! One connection after another, with exponential backoff in between.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use serde::Serialize;
use url::Url;

use super::connection::{Connection, KeepAlive};
use super::endpoint::WebSocketEndpoint;
use super::event;
use super::item::{EventStreamItem, Gap};
use super::token_provider::TokenProvider;
use crate::client::core::ClientCore;
use crate::client::telemetry;
use crate::error::ConfigError;
use crate::{Error, Result};

const KEEP_ALIVE: KeepAlive = KeepAlive { interval: Duration::from_secs(30), timeout: Duration::from_secs(10) };
const INITIAL_DELAY: Duration = Duration::from_secs(1);
const MAX_DELAY: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);

pub struct Reconnector {
    client: ClientCore,
    endpoint: WebSocketEndpoint,
    event_type: Arc<str>,
    /// Without the access token.
    url: Result<Url, ConfigError>,
    pub token_provider: Option<TokenProvider>,
    pub keep_alive: KeepAlive,
    backoff: ExponentialBuilder,
    /// The delays that are left; reset by every message.
    delays: ExponentialBackoff,
    next_delay: Duration,
    connection: Option<Connection>,
    /// When the lost connection was last active, until the next one is established.
    disconnected_at: Option<SystemTime>,
    /// The next item, if there is one.
    gap: Option<Gap>,
    ended: bool,
}

impl Reconnector {
    pub fn new(client: ClientCore, endpoint: WebSocketEndpoint, parameters: &impl Serialize) -> Self {
        let backoff = exponential(INITIAL_DELAY, MAX_DELAY);
        Self {
            url: endpoint.url(&client, parameters),
            event_type: endpoint.event_type(parameters).into(),
            client,
            endpoint,
            token_provider: None,
            keep_alive: KEEP_ALIVE,
            backoff,
            delays: backoff.build(),
            next_delay: Duration::ZERO,
            connection: None,
            disconnected_at: None,
            gap: None,
            ended: false,
        }
    }

    pub fn set_backoff(&mut self, initial: Duration, max: Duration) {
        self.backoff = exponential(initial, max);
        self.delays = self.backoff.build();
    }

    /// The next item of the stream; an error is the last one.
    pub async fn next(&mut self) -> Option<Result<EventStreamItem>> {
        if self.ended {
            return None;
        }
        if let Some(gap) = self.gap.take() {
            return Some(Ok(EventStreamItem::Gap(gap)));
        }
        let outcome = match &mut self.connection {
            Some(connection) => connection.message(self.keep_alive).await.map_err(Error::from),
            None => {
                tokio::time::sleep(self.next_delay).await;
                match self.connect().await {
                    Ok(connection) => return Some(Ok(self.connected(connection))),
                    Err(error) => Err(error),
                }
            }
        };
        match outcome {
            Ok(message) => {
                self.delays = self.backoff.build();
                let parsed = event::parse(&self.event_type, message);
                Some(Ok(parsed.map_or_else(EventStreamItem::Malformed, EventStreamItem::Event)))
            }
            Err(error) => Some(self.disconnected(error)),
        }
    }

    async fn connect(&mut self) -> Result<Connection> {
        let mut url = self.url.clone()?;
        if let Some(parameter) = self.endpoint.token {
            let token = match &mut self.token_provider {
                Some(provider) => provider().await?,
                None => self.client.options().access_token.clone().ok_or_else(|| {
                    ConfigError::new("missing access token", "call `with_access_token`, or `token_provider`")
                })?,
            };
            url.query_pairs_mut().append_pair(parameter, token.expose_secret());
        }
        Connection::open(&self.client, url).await
    }

    fn connected(&mut self, connection: Connection) -> EventStreamItem {
        telemetry::record_connect(self.endpoint.id, self.url.as_ref().ok());
        self.gap = self.disconnected_at.take().map(|start| Gap { start, end: connection.last_activity });
        self.connection = Some(connection);
        EventStreamItem::Connected
    }

    fn disconnected(&mut self, error: Error) -> Result<EventStreamItem> {
        if let Some(connection) = self.connection.take() {
            self.disconnected_at = Some(connection.last_activity);
        }
        // Some server errors, such as 507, are not transient for a call; a long-lived stream waits for them to pass.
        let should_reconnect = error.is_transient() || error.status().is_some_and(|status| status.is_server_error());
        if !should_reconnect {
            self.ended = true;
            return Err(error);
        }
        let delay = self.delays.next().unwrap_or(HOUR);
        self.next_delay = delay.max(error.retry_after().unwrap_or_default().min(HOUR));
        telemetry::record_disconnect(self.endpoint.id, self.url.as_ref().ok(), self.next_delay, &error);
        Ok(EventStreamItem::Disconnected(error))
    }
}

fn exponential(initial: Duration, max: Duration) -> ExponentialBuilder {
    let max = max.min(HOUR);
    let builder = ExponentialBuilder::new().with_jitter().without_max_times();
    builder.with_min_delay(initial.min(max)).with_max_delay(max)
}
