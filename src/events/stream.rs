//! `EventStream`: what the user sets and polls.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::{Stream, StreamExt, stream};
use serde::Serialize;

use super::connection::KeepAlive;
use super::endpoint::WebSocketEndpoint;
use super::item::EventStreamItem;
use super::reconnect::Reconnector;
use crate::client::core::ClientCore;
use crate::{ItemStream, Result, Secret};

/// A stream of the events of one type: set options, then poll it for items.
///
/// Nothing is sent before the first poll, after which settings have no effect. See [the module](crate::events).
#[must_use = "a stream does nothing unless polled"]
#[doc(alias = "Events")]
pub struct EventStream {
    /// Until the first poll.
    reconnector: Option<Box<Reconnector>>,
    items: ItemStream<EventStreamItem>,
}

impl EventStream {
    pub(crate) fn new(client: &ClientCore, endpoint: WebSocketEndpoint, parameters: &impl Serialize) -> Self {
        let reconnector = Reconnector::new(client.clone(), endpoint, parameters);
        Self { reconnector: Some(Box::new(reconnector)), items: Box::pin(stream::empty()) }
    }

    /// Sets the source of access tokens; by default the client's own token is used. The streams of a
    /// `ManagementClient` need none: their handshakes are signed.
    ///
    /// It is called before each attempt to connect, so that a stream which runs for hours reconnects with a valid token.
    /// An error that is not [transient](crate::Error::is_transient) ends the stream.
    ///
    /// ```no_run
    /// # struct Tokens;
    /// # impl Tokens { async fn access_token(&self) -> genauth::Result<genauth::Secret> { Ok("a-token".into()) } }
    /// # fn example(client: genauth::AuthenticationClient, tokens: std::sync::Arc<Tokens>) {
    /// let events = client.events("user.updated").token_provider(move || {
    ///     let tokens = tokens.clone();
    ///     async move { tokens.access_token().await }
    /// });
    /// # }
    /// ```
    #[doc(alias = "token_source")]
    pub fn token_provider<F, T>(self, mut provider: F) -> Self
    where
        F: FnMut() -> T + Send + 'static,
        T: Future<Output = Result<Secret>> + Send + 'static,
    {
        self.set(|reconnector| reconnector.token_provider = Some(Box::new(move || Box::pin(provider()))))
    }

    /// Takes access tokens from this manager, which refreshes them before they expire.
    #[cfg(feature = "oidc")]
    #[cfg_attr(docsrs, doc(cfg(feature = "oidc")))]
    #[doc(alias = "token_handle")]
    pub fn token_manager(self, manager: &crate::oidc::TokenManager) -> Self {
        let manager = manager.clone();
        self.token_provider(move || {
            let manager = manager.clone();
            async move { manager.access_token().await }
        })
    }

    /// Sets the initial and the maximum delay before reconnecting, without jitter; the defaults are a second and a minute.
    ///
    /// The delay doubles with each attempt, and is reset by the first message. A server's `Retry-After` makes it longer.
    /// More than an hour counts as an hour.
    #[doc(alias = "pauses")]
    pub fn reconnect_backoff(self, initial: Duration, max: Duration) -> Self {
        self.set(|reconnector| reconnector.set_backoff(initial, max))
    }

    /// Sends a ping after `interval` without traffic, and reconnects if nothing arrives within `timeout`; the defaults are
    /// 30 and 10 seconds.
    ///
    /// Only complete messages count as traffic: a message that takes longer than both together loses the connection.
    #[doc(alias = "ping")]
    pub fn keep_alive(self, interval: Duration, timeout: Duration) -> Self {
        self.set(|reconnector| reconnector.keep_alive = KeepAlive { interval, timeout })
    }

    fn set(mut self, change: impl FnOnce(&mut Reconnector)) -> Self {
        self.reconnector.as_deref_mut().map(change);
        self
    }
}

impl Stream for EventStream {
    type Item = Result<EventStreamItem>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(reconnector) = self.reconnector.take() {
            let next = |mut reconnector: Box<Reconnector>| async { Some((reconnector.next().await?, reconnector)) };
            self.items = Box::pin(stream::unfold(reconnector, next).fuse());
        }
        self.items.poll_next_unpin(context)
    }
}

impl fmt::Debug for EventStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").field("started", &self.reconnector.is_none()).finish_non_exhaustive()
    }
}
