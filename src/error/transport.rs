//! Failures to connect, to send, or to receive.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use reqwest::StatusCode;

/// No response, or only a part of one.
#[derive(Clone, Debug)]
pub struct TransportError {
    status: Option<StatusCode>,
    source: Arc<reqwest::Error>,
}

impl TransportError {
    pub(crate) fn new(error: reqwest::Error, status: Option<StatusCode>) -> Self {
        Self { status, source: Arc::new(error.without_url()) }
    }

    /// Whether no connection was established, so that nothing was sent.
    pub fn is_connect(&self) -> bool {
        self.source.is_connect()
    }

    /// Whether a timeout elapsed: that of the call, or that for connecting.
    pub fn is_timeout(&self) -> bool {
        self.source.is_timeout()
    }

    pub(super) fn status(&self) -> Option<StatusCode> {
        self.status
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.status {
            _ if self.is_connect() => "failed to connect (nothing sent)",
            Some(_) if self.is_timeout() => "timed out reading the response",
            Some(_) => "connection lost while reading the response",
            None if self.is_timeout() => "timed out waiting for the response",
            None => "no response",
        };
        write!(f, "{what}: {}", root_cause(&*self.source))?;
        match self.status {
            Some(status) => write!(f, " (HTTP {status})"),
            None => Ok(()),
        }
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}

/// The last error of a chain, or an earlier one whose message includes it.
pub(crate) fn root_cause(error: &(dyn Error + 'static)) -> String {
    let (mut error, mut message) = (error, error.to_string());
    while let Some(cause) = error.source() {
        let text = cause.to_string();
        if !message.contains(&text) {
            message = text;
        }
        error = cause;
    }
    message
}
