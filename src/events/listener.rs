//! Listening on one line after the other.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use serde::Serialize;
use url::Url;

use super::event::read;
use super::line::{Line, Rhythm};
use super::token::TokenSource;
use super::{Gap, Incoming, Socket};
use crate::error::ConfigError;
use crate::{AuthenticationClient, Error, Result, trace};

const RHYTHM: Rhythm = Rhythm { quiet: Duration::from_secs(30), patience: Duration::from_secs(10) };
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);

pub struct Listener {
    client: AuthenticationClient,
    socket: Socket,
    code: Arc<str>,
    /// The address, but for the token.
    url: Result<Url, ConfigError>,
    pub token: Option<TokenSource>,
    pub rhythm: Rhythm,
    pauses: ExponentialBuilder,
    /// The pauses that are left, until something comes again.
    backoff: ExponentialBackoff,
    /// The pause before the next attempt.
    pause: Duration,
    line: Option<Line>,
    deaf_since: Option<SystemTime>,
    /// To be told before anything else.
    gap: Option<Gap>,
    ended: bool,
}

impl Listener {
    pub fn new(client: AuthenticationClient, socket: Socket, parameters: &impl Serialize) -> Self {
        let pauses = pauses(FIRST_PAUSE, LONGEST_PAUSE);
        Self {
            url: socket.url(&client, parameters),
            code: socket.code(parameters).into(),
            client,
            socket,
            token: None,
            rhythm: RHYTHM,
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
    pub async fn next(&mut self) -> Option<Result<Incoming>> {
        if self.ended {
            return None;
        }
        if let Some(gap) = self.gap.take() {
            return Some(Ok(Incoming::Gap(gap)));
        }
        let outcome = match &mut self.line {
            Some(line) => line.message(self.rhythm).await.map_err(Error::from),
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
                Some(Ok(read(&self.code, message).map_or_else(Incoming::Unreadable, Incoming::Event)))
            }
            Err(error) => Some(self.lost(error)),
        }
    }

    async fn open(&mut self) -> Result<Line> {
        let mut url = self.url.clone()?;
        let token = match &mut self.token {
            Some(source) => source().await?,
            None => self.client.options().access_token.clone().ok_or_else(|| {
                ConfigError::new("there is no access token", "call `with_access_token`, or `token_source`")
            })?,
        };
        url.query_pairs_mut().append_pair(self.socket.token, token.expose());
        Line::open(&self.client, url).await
    }

    fn connected(&mut self, line: Line) -> Incoming {
        trace::connected(self.socket.id, self.url.as_ref().ok());
        self.gap = self.deaf_since.take().map(|since| Gap { since, until: line.last_sign });
        self.line = Some(line);
        Incoming::Connected
    }

    fn lost(&mut self, error: Error) -> Result<Incoming> {
        if let Some(line) = self.line.take() {
            self.deaf_since = Some(line.last_sign);
        }
        let may_pass = error.is_retryable() || error.http_status().is_some_and(|status| status.is_server_error());
        if !may_pass {
            self.ended = true;
            return Err(error);
        }
        let pause = self.backoff.next().unwrap_or(HOUR);
        self.pause = pause.max(error.retry_after().unwrap_or_default().min(HOUR));
        trace::lost(self.socket.id, self.url.as_ref().ok(), self.pause, &error);
        Ok(Incoming::Lost(error))
    }
}

fn pauses(first: Duration, longest: Duration) -> ExponentialBuilder {
    let longest = longest.min(HOUR);
    let builder = ExponentialBuilder::new().with_jitter().without_max_times();
    builder.with_min_delay(first.min(longest)).with_max_delay(longest)
}
