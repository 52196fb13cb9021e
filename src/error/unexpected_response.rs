//! Responses that are not the API's.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;

/// A response that is not the API's, such as a gateway's error page.
#[derive(Clone)]
#[non_exhaustive]
pub struct UnexpectedResponse {
    /// The HTTP status.
    pub status: StatusCode,
    /// The id of the request, from the response's headers.
    pub request_id: Option<String>,
    /// What is unexpected about it.
    pub reason: &'static str,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) content_type: Option<String>,
    pub(crate) body: Bytes,
}

impl UnexpectedResponse {
    /// The body. It may contain secrets; do not log it.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The header `Content-Type`, such as `text/html`.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }
}

impl fmt::Debug for UnexpectedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnexpectedResponse")
            .field("status", &self.status)
            .field("request_id", &self.request_id)
            .field("reason", &self.reason)
            .field("content_type", &self.content_type)
            .field("body_len", &self.body.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Display for UnexpectedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unexpected response: HTTP {}", self.status)?;
        // An HTTP error explains itself.
        if self.status.is_success() {
            write!(f, ", {}", self.reason)?;
        }
        write!(f, " ({}, {} bytes", self.content_type().unwrap_or("no content type"), self.body.len())?;
        if let Some(id) = &self.request_id {
            write!(f, ", request {id}")?;
        }
        f.write_str(")")
    }
}

impl std::error::Error for UnexpectedResponse {}
