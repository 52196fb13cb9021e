//! One line, from its handshake to its end.

use std::time::{Duration, SystemTime};

use futures_util::{FutureExt, SinkExt, StreamExt};
use reqwest::Upgraded;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Bytes, Error as Cause, Message};
use url::Url;

use super::{EventsError, handshake};
use crate::{AuthenticationClient, Result};

/// When to ask for a sign of life, and how long to wait for it.
#[derive(Clone, Copy)]
pub struct Rhythm {
    pub quiet: Duration,
    pub patience: Duration,
}

pub struct Line {
    socket: WebSocketStream<Upgraded>,
    limit: usize,
    /// When the last message came, pings and pongs among them; at first, when the line came about.
    pub last_sign: SystemTime,
}

impl Line {
    pub async fn open(client: &AuthenticationClient, url: Url) -> Result<Self> {
        let upgraded = handshake::shake(client, url).await?;
        let limit = client.max_answer_size();
        let config = WebSocketConfig::default().max_message_size(Some(limit)).max_frame_size(Some(limit));
        let socket = WebSocketStream::from_raw_socket(upgraded, Role::Client, Some(config)).await;
        Ok(Self { socket, limit, last_sign: SystemTime::now() })
    }

    /// The next text or binary message.
    pub async fn message(&mut self, rhythm: Rhythm) -> Result<Message, EventsError> {
        loop {
            let received = match timeout(rhythm.quiet, self.socket.next()).await {
                Ok(received) => received,
                Err(_) => timeout(rhythm.patience, self.ping()).await.map_err(|_| EventsError::Silent)?,
            };
            let message = match received {
                Some(Ok(message)) => message,
                Some(Err(cause)) => return Err(EventsError::of(&cause, self.limit)),
                None => return Err(EventsError::of(&Cause::ConnectionClosed, self.limit)),
            };
            self.last_sign = SystemTime::now();
            match message {
                Message::Close(frame) => {
                    return Err(EventsError::Closed { code: frame.map(|frame| frame.code.into()) });
                }
                Message::Text(_) | Message::Binary(_) => return Ok(message),
                _ => {}
            }
        }
    }

    /// Asks for a sign of life, and waits for one; any will do.
    async fn ping(&mut self) -> Option<Result<Message, Cause>> {
        match self.socket.send(Message::Ping(Bytes::new())).await {
            Ok(()) => self.socket.next().await,
            Err(cause) => Some(Err(cause)),
        }
    }
}

/// Says goodbye as far as that goes without waiting; the connection ends with the socket.
impl Drop for Line {
    fn drop(&mut self) {
        let _ = self.socket.close(None).now_or_never();
    }
}
