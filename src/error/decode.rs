//! Responses whose data does not have the expected type.

use std::fmt;

use bytes::Bytes;
use reqwest::StatusCode;

/// A successful response whose data does not match its type.
#[derive(Clone)]
#[non_exhaustive]
pub struct DecodeError {
    /// The HTTP status of the response.
    pub status: StatusCode,
    /// The id of the request in the server's logs.
    pub request_id: Option<String>,
    /// The path of the member that does not match, such as `data.phoneNumber`; empty for the response as a whole.
    pub path: String,
    /// The type mismatch, without the value.
    pub reason: String,
    pub(crate) body: Bytes,
}

impl DecodeError {
    /// The full body, secrets included; do not log it.
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("status", &self.status)
            .field("request_id", &self.request_id)
            .field("path", &self.path)
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("failed to decode response: ")?;
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "{} (HTTP {}", self.reason, self.status)?;
        if let Some(id) = &self.request_id {
            write!(f, ", request {id}")?;
        }
        f.write_str(")")
    }
}

impl std::error::Error for DecodeError {}
