//! Failures of an event stream's connection, and of decoding an event.

use std::fmt;

use tokio_tungstenite::tungstenite::Error as Cause;
use tokio_tungstenite::tungstenite::error::{CapacityError, ProtocolError};

use super::root_cause;

/// Why an event stream lost its connection, or an event could not be decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventStreamError {
    /// The server closed the connection.
    Closed {
        /// The close code, one of RFC 6455 or the server's own.
        code: Option<u16>,
    },
    /// The connection was lost without a closing handshake.
    ConnectionLost {
        /// The cause.
        reason: String,
    },
    /// Nothing arrived within the keep-alive timeout.
    KeepAliveTimeout,
    /// The server violated the WebSocket protocol.
    Protocol {
        /// The violation.
        reason: String,
    },
    /// A message exceeded the limit, so the connection was closed.
    MessageTooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// The event does not match the requested type.
    Deserialize {
        /// The path of the member that does not match, such as `order.id`; empty for the event as a whole. `*` stands for
        /// the key of a map.
        path: String,
        /// The type mismatch, without the value.
        reason: String,
    },
}

impl EventStreamError {
    pub(crate) fn of(cause: &Cause, limit: usize) -> Self {
        match cause {
            Cause::Capacity(CapacityError::MessageTooLong { .. }) => Self::MessageTooLarge { limit },
            Cause::Protocol(ProtocolError::ResetWithoutClosingHandshake) => {
                Self::ConnectionLost { reason: "the connection ended".to_owned() }
            }
            Cause::Protocol(_) | Cause::Utf8(_) => Self::Protocol { reason: cause.to_string() },
            Cause::ConnectionClosed => Self::Closed { code: None },
            cause => Self::ConnectionLost { reason: root_cause(cause) },
        }
    }
}

impl fmt::Display for EventStreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed { code: Some(code) } => write!(f, "the server closed the connection (code {code})"),
            Self::Closed { code: None } => f.write_str("the server closed the connection"),
            Self::ConnectionLost { reason } => write!(f, "connection lost: {reason}"),
            Self::KeepAliveTimeout => f.write_str("keep-alive timeout: nothing arrived after a ping"),
            Self::Protocol { reason } => write!(f, "WebSocket protocol error: {reason}"),
            Self::MessageTooLarge { limit } => {
                write!(f, "message exceeds the limit of {limit} bytes: raise `max_response_size`")
            }
            Self::Deserialize { path, reason } if path.is_empty() => write!(f, "failed to decode event: {reason}"),
            Self::Deserialize { path, reason } => write!(f, "failed to decode event: {path}: {reason}"),
        }
    }
}

impl std::error::Error for EventStreamError {}
