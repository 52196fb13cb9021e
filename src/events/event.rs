//! Messages: events, and those that are malformed.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use serde::de::{DeserializeOwned, Error as _, IgnoredAny};
use serde_json::Value;
use tokio_tungstenite::tungstenite::{Bytes, Message, Utf8Bytes};

use crate::Result;
use crate::error::EventStreamError;
use crate::types::lenient;
use crate::types::mismatch::Mismatch;

/// An event: its type, and a JSON payload. The service does not document the payload's schema, which depends on the type.
#[derive(Clone)]
pub struct Event {
    event_type: Arc<str>,
    received_at: SystemTime,
    payload: Utf8Bytes,
}

impl Event {
    /// The event type that the stream subscribes to, such as `user.updated`.
    #[doc(alias = "code")]
    pub fn event_type(&self) -> &str {
        &self.event_type
    }

    /// When the event arrived, by the local clock.
    #[doc(alias = "received")]
    pub fn received_at(&self) -> SystemTime {
        self.received_at
    }

    /// The full message, as JSON. It may contain personal data or secrets; do not log it.
    #[doc(alias = "json")]
    pub fn payload(&self) -> &str {
        &self.payload
    }

    /// Deserializes the payload.
    ///
    /// # Errors
    ///
    /// [`EventStreamError::Deserialize`] with the path of the value that does not match `T`.
    pub fn deserialize<T: DeserializeOwned>(&self) -> Result<T> {
        let explain = |_| {
            let value: Value = serde_json::from_str(&self.payload).map_err(Mismatch::custom)?;
            lenient::read_strictly(&value)
        };
        let event = serde_json::from_str(&self.payload).or_else(explain);
        event.map_err(|Mismatch { path, reason }| EventStreamError::Deserialize { path, reason }.into())
    }
}

/// Shows the length of the payload, but not its content.
impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("event_type", &self.event_type)
            .field("payload_len", &self.payload.len())
            .finish_non_exhaustive()
    }
}

/// A message that is not an event.
#[derive(Clone)]
#[doc(alias = "Unreadable")]
pub struct MalformedMessage {
    /// What is wrong with it.
    pub reason: &'static str,
    bytes: Bytes,
}

impl MalformedMessage {
    /// The full message. It may contain personal data or secrets; do not log it.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl fmt::Debug for MalformedMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let len = self.bytes.len();
        f.debug_struct("MalformedMessage").field("reason", &self.reason).field("len", &len).finish_non_exhaustive()
    }
}

/// Checks that a message is JSON; deserializing it is left to the caller of [`Event::deserialize`].
pub fn parse(event_type: &Arc<str>, message: Message) -> Result<Event, MalformedMessage> {
    match message {
        Message::Text(payload) => match serde_json::from_str::<IgnoredAny>(&payload) {
            Ok(_) => Ok(Event { event_type: Arc::clone(event_type), received_at: SystemTime::now(), payload }),
            Err(_) => Err(MalformedMessage { reason: "not valid JSON", bytes: payload.into() }),
        },
        message => Err(MalformedMessage { reason: "binary message", bytes: message.into_data() }),
    }
}
