//! One event.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use serde::de::{DeserializeOwned, IgnoredAny};
use tokio_tungstenite::tungstenite::{Bytes, Message, Utf8Bytes};

use crate::Result;
use crate::error::{EventStreamError, redact_values};

/// An event as it came: JSON, whose form depends on its code, and which the service does not describe.
#[derive(Clone)]
pub struct Event {
    code: Arc<str>,
    received: SystemTime,
    json: Utf8Bytes,
}

impl Event {
    /// The code that the stream is for.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// When it arrived, by this machine's clock.
    pub fn received(&self) -> SystemTime {
        self.received
    }

    /// The whole message. It may hold anything; think before you log it.
    pub fn json(&self) -> &str {
        &self.json
    }

    /// The whole message as a type of yours.
    ///
    /// # Errors
    ///
    /// [`EventStreamError::Deserialize`] says what does not fit, and where.
    pub fn deserialize<T: DeserializeOwned>(&self) -> Result<T> {
        let mut json = serde_json::Deserializer::from_str(&self.json);
        serde_path_to_error::deserialize(&mut json).map_err(|error| {
            let reason = redact_values(&error.inner().to_string());
            EventStreamError::Deserialize { path: error.path().to_string(), reason }.into()
        })
    }
}

/// Shows its code and how long it is, and nothing of what it holds.
impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event").field("code", &self.code).field("json_len", &self.json.len()).finish_non_exhaustive()
    }
}

/// A message that is no event.
#[derive(Clone)]
pub struct MalformedMessage {
    /// Why it is none.
    pub reason: &'static str,
    bytes: Bytes,
}

impl MalformedMessage {
    /// The message. It may hold anything; think before you log it.
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

/// Reads a message; its form is left to who asks for the event.
pub fn read(code: &Arc<str>, message: Message) -> Result<Event, MalformedMessage> {
    match message {
        Message::Text(json) => match serde_json::from_str::<IgnoredAny>(&json) {
            Ok(_) => Ok(Event { code: Arc::clone(code), received: SystemTime::now(), json }),
            Err(_) => Err(MalformedMessage { reason: "it is not JSON", bytes: json.into() }),
        },
        message => Err(MalformedMessage { reason: "it is binary", bytes: message.into_data() }),
    }
}
