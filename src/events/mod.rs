//! What happens, as it happens: a stream of events over a WebSocket.
//!
//! [`AuthenticationClient::events`](crate::AuthenticationClient::events) gives the stream for the code of an event,
//! one of the service's own such as `user.updated`, or one that an application publishes with
//! [`put_event`](crate::AuthenticationClient::put_event).
//!
//! ```no_run
//! # #[derive(serde::Deserialize, Debug)] struct Order { id: String }
//! # async fn example(client: genauth::AuthenticationClient) -> genauth::Result<()> {
//! use futures_util::TryStreamExt;
//! use genauth::events::EventStreamItem;
//!
//! let mut events = client.events("custom.order-paid");
//! while let Some(incoming) = events.try_next().await? {
//!     match incoming {
//!         EventStreamItem::Event(event) => println!("{:?}", event.deserialize::<Order>()?),
//!         EventStreamItem::Gap(gap) => println!("look at all orders again since {:?}", gap.start),
//!         other => println!("{other:?}"),
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # What may be missing
//!
//! The service keeps nothing for who is not there. When the line is lost the stream opens another one by itself, and
//! whatever was sent meanwhile is gone; the stream cannot tell whether there was anything. So it says from when to
//! when it was deaf: [`EventStreamItem::Gap`]. Between two gaps nothing is missing.
//!
//! # When it ends
//!
//! The stream tries again for ever, with growing pauses and chance, where a failure may pass. It ends with an error
//! where it will not: the token is refused (401, 403), there is none, or the host has no such line.
//!
//! # How it flows
//!
//! Nothing happens in the background: the socket is read when the stream is polled, one message at a time, so a slow
//! reader slows the server down and fills no memory. Messages are limited to the client's
//! [`max_response_size`](crate::ClientBuilder::max_response_size). When nothing has come for a while, the stream asks for
//! a sign of life, and gives the line up if there is none; that time runs only while the stream waits, not while its
//! reader is busy. A reader that stays busy does not answer the server's own pings either; a server that gives up then
//! makes a gap. Dropping the stream closes the line.
//!
//! Connections come about with the client's proxy, certificates and timeouts, and speak HTTP/1.1. An
//! [`http_client`](crate::ClientBuilder::http_client) of your own must be made with `http1_only` if the events' host
//! offers HTTP/2.

mod connection;
mod endpoint;
mod event;
mod handshake;
mod item;
mod reconnect;
mod token_provider;

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::{Stream, StreamExt, stream};
use serde::Serialize;

use crate::{AuthenticationClient, ItemStream, Result, Secret};
use reconnect::Reconnector;

pub use crate::error::EventStreamError;
pub(crate) use endpoint::WebSocketEndpoint;
pub use event::{Event, MalformedMessage};
pub use item::{EventStreamItem, Gap};

/// The events of one code, as a stream: set what is optional, then ask for its items.
///
/// Nothing is sent before the first item is asked for, and what is set after that has no effect. See
/// [the module](self).
#[must_use = "a stream does nothing before it is polled"]
pub struct EventStream {
    /// There until the first item is asked for.
    listener: Option<Box<Reconnector>>,
    items: ItemStream<EventStreamItem>,
}

impl EventStream {
    pub(crate) fn new(client: &AuthenticationClient, socket: WebSocketEndpoint, parameters: &impl Serialize) -> Self {
        let listener = Reconnector::new(client.clone(), socket, parameters);
        Self { listener: Some(Box::new(listener)), items: Box::pin(stream::empty()) }
    }

    /// Asks for an access token whenever the line is opened, so that it is a fresh one after hours too; the client's
    /// own unless set. An error that will not pass ends the stream.
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
    pub fn token_provider<F, T>(self, mut source: F) -> Self
    where
        F: FnMut() -> T + Send + 'static,
        T: Future<Output = Result<Secret>> + Send + 'static,
    {
        self.set(|listener| listener.token = Some(Box::new(move || Box::pin(source()))))
    }

    /// The same, with tokens that are renewed when they are about to expire.
    #[cfg(feature = "oidc")]
    #[cfg_attr(docsrs, doc(cfg(feature = "oidc")))]
    pub fn token_manager(self, handle: &crate::oidc::TokenManager) -> Self {
        let handle = handle.clone();
        self.token_provider(move || {
            let handle = handle.clone();
            async move { handle.access_token().await }
        })
    }

    /// Waits so long before the second attempt at a line, and no longer than this (plus chance) before any; a second
    /// and a minute unless set. Pauses double from one to the next, and begin anew once something has come. A
    /// server's `Retry-After` makes them longer, up to an hour.
    pub fn reconnect_backoff(self, first: Duration, longest: Duration) -> Self {
        self.set(|listener| listener.set_pauses(first, longest))
    }

    /// Asks for a sign of life when nothing has come for `quiet`, and gives the line up when none comes within
    /// `patience`; 30 and 10 seconds unless set. A message that takes longer than both together counts as none.
    pub fn keep_alive(self, interval: Duration, timeout: Duration) -> Self {
        self.set(|listener| listener.keep_alive = connection::KeepAlive { interval, timeout })
    }

    fn set(mut self, change: impl FnOnce(&mut Reconnector)) -> Self {
        self.listener.as_deref_mut().map(change);
        self
    }
}

impl Stream for EventStream {
    type Item = Result<EventStreamItem>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(listener) = self.listener.take() {
            let next = |mut listener: Box<Reconnector>| async { Some((listener.next().await?, listener)) };
            self.items = Box::pin(stream::unfold(listener, next).fuse());
        }
        self.items.poll_next_unpin(context)
    }
}

impl fmt::Debug for EventStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").field("begun", &self.listener.is_none()).finish_non_exhaustive()
    }
}
