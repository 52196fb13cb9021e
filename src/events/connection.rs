//! One WebSocket connection, from its handshake to its end.

use std::time::{Duration, SystemTime};

use futures_util::{FutureExt, SinkExt, StreamExt};
use reqwest::Upgraded;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Bytes, Error as Cause, Message};
use url::Url;

use super::handshake;
use crate::Result;
use crate::client::core::ClientCore;
use crate::error::EventStreamError;

/// When to send a ping, and how long to wait for anything to arrive after it.
#[derive(Clone, Copy)]
pub struct KeepAlive {
    pub interval: Duration,
    pub timeout: Duration,
}

pub struct Connection {
    socket: WebSocketStream<Upgraded>,
    max_message_size: usize,
    /// When the last message arrived, pings and pongs included; at first, when the connection was established.
    pub last_activity: SystemTime,
}

impl Connection {
    pub async fn open(client: &ClientCore, url: Url) -> Result<Self> {
        let upgraded = handshake::connect(client, url).await?;
        let max_message_size = client.max_response_size();
        let config =
            WebSocketConfig::default().max_message_size(Some(max_message_size)).max_frame_size(Some(max_message_size));
        let socket = WebSocketStream::from_raw_socket(upgraded, Role::Client, Some(config)).await;
        Ok(Self { socket, max_message_size, last_activity: SystemTime::now() })
    }

    /// The next text or binary message.
    pub async fn message(&mut self, keep_alive: KeepAlive) -> Result<Message, EventStreamError> {
        loop {
            let received = match timeout(keep_alive.interval, self.socket.next()).await {
                Ok(received) => received,
                Err(_) => {
                    timeout(keep_alive.timeout, self.ping()).await.map_err(|_| EventStreamError::KeepAliveTimeout)?
                }
            };
            let message = match received {
                Some(Ok(message)) => message,
                Some(Err(cause)) => return Err(EventStreamError::of(&cause, self.max_message_size)),
                None => return Err(EventStreamError::of(&Cause::ConnectionClosed, self.max_message_size)),
            };
            self.last_activity = SystemTime::now();
            match message {
                Message::Close(frame) => {
                    return Err(EventStreamError::Closed { code: frame.map(|frame| frame.code.into()) });
                }
                Message::Text(_) | Message::Binary(_) => return Ok(message),
                _ => {}
            }
        }
    }

    /// Sends a ping and waits for the next message: any message, not only a pong, shows that the connection is alive.
    async fn ping(&mut self) -> Option<Result<Message, Cause>> {
        match self.socket.send(Message::Ping(Bytes::new())).await {
            Ok(()) => self.socket.next().await,
            Err(cause) => Some(Err(cause)),
        }
    }
}

/// Sends a close frame if that is possible without waiting; the TCP connection ends with the socket.
impl Drop for Connection {
    fn drop(&mut self) {
        let _ = self.socket.close(None).now_or_never();
    }
}
