//! What goes wrong with a line, and with an event.

use std::fmt;

use tokio_tungstenite::tungstenite::Error as Cause;
use tokio_tungstenite::tungstenite::error::{CapacityError, ProtocolError};

use crate::error::root_cause;

/// Why a line over which events come was lost, or an event could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventStreamError {
    /// The server closed the line.
    Closed {
        /// Its code for why, one of RFC 6455's or its own.
        code: Option<u16>,
    },
    /// The line broke.
    ConnectionLost {
        /// How.
        reason: String,
    },
    /// No sign of life came.
    KeepAliveTimeout,
    /// The server did not keep to the WebSocket protocol.
    Protocol {
        /// In what.
        reason: String,
    },
    /// A message was longer than the limit, so that the line was given up.
    MessageTooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// The event does not have the form that was asked for.
    Deserialize {
        /// The member that does not fit, such as `order.id`.
        path: String,
        /// What is wrong with it.
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
            Self::Closed { code: Some(code) } => write!(f, "the server closed the line (code {code})"),
            Self::Closed { code: None } => f.write_str("the server closed the line"),
            Self::ConnectionLost { reason } => write!(f, "the line broke: {reason}"),
            Self::KeepAliveTimeout => f.write_str("the line is dead: no sign of life came"),
            Self::Protocol { reason } => write!(f, "the server did not keep to the WebSocket protocol: {reason}"),
            Self::MessageTooLarge { limit } => write!(f, "a message was longer than the limit of {limit} bytes"),
            Self::Deserialize { path, reason } => write!(f, "the event does not fit: {path}: {reason}"),
        }
    }
}

impl std::error::Error for EventStreamError {}
