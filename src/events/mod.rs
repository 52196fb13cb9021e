//! Events as a stream, over a WebSocket that reconnects automatically.
//!
//! [`AuthenticationClient::events`](crate::AuthenticationClient::events) subscribes to an event type: one of the
//! service's own, such as `user.updated`, or one that an application publishes with
//! [`put_event`](crate::AuthenticationClient::put_event).
//!
//! ```no_run
//! # #[derive(serde::Deserialize, Debug)] struct Order { id: String }
//! # async fn example(client: genauth::AuthenticationClient) -> genauth::Result<()> {
//! use futures_util::TryStreamExt;
//! use genauth::events::EventStreamItem;
//!
//! let mut events = client.events("custom.order-paid");
//! while let Some(item) = events.try_next().await? {
//!     match item {
//!         EventStreamItem::Event(event) => println!("{:?}", event.deserialize::<Order>()?),
//!         EventStreamItem::Gap(gap) => println!("reload all orders changed since {:?}", gap.start),
//!         other => println!("{other:?}"),
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Lost events
//!
//! The service does not buffer events for disconnected clients: events published while the stream is disconnected are
//! lost. The stream cannot know whether there were any, so it reports the disconnected interval as an
//! [`EventStreamItem::Gap`]. Between two gaps, no event is missing.
//!
//! # When the stream ends
//!
//! After transient failures and server errors, the stream reconnects with exponential backoff and jitter, without a limit
//! on attempts. It ends with an error when retrying cannot help: the access token is missing or rejected (401, 403), or the
//! host offers no such WebSocket.
//!
//! # Backpressure and keep-alive
//!
//! No background task runs: polling the stream reads the socket, one message at a time, so that a slow reader slows the
//! server down instead of filling memory. Messages are limited to the client's
//! [`max_response_size`](crate::ClientBuilder::max_response_size).
//!
//! Without traffic, the stream sends pings and reconnects if nothing arrives; see
//! [`keep_alive`](EventStream::keep_alive). Both times elapse only while the stream is polled, not while its reader is
//! busy. The stream also responds to the server's pings only while it is polled; if the server closes the connection
//! because of that, there is a gap. Dropping the stream closes the connection.
//!
//! Connections use the client's proxy, certificates and timeouts, and HTTP/1.1. An
//! [`http_client`](crate::ClientBuilder::http_client) of your own must be built with `http1_only` if the events host offers
//! HTTP/2.

mod connection;
mod endpoint;
mod event;
mod handshake;
mod item;
mod reconnect;
mod stream;
mod token_provider;

pub use crate::error::EventStreamError;
pub(crate) use endpoint::WebSocketEndpoint;
pub use event::{Event, MalformedMessage};
pub use item::{EventStreamItem, Gap};
pub use stream::EventStream;
