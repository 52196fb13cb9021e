//! Failures to connect, to send, or to receive.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use reqwest::StatusCode;

/// No response, or only a part of one.
#[derive(Clone, Debug)]
pub struct TransportError {
    status: Option<StatusCode>,
    cause: Cause,
}

#[derive(Clone, Debug)]
enum Cause {
    Http(Arc<reqwest::Error>),
    /// The time was up before there was an access token to send the request with.
    #[cfg(feature = "management")]
    NoAccessToken,
}

impl TransportError {
    pub(crate) fn new(error: reqwest::Error, status: Option<StatusCode>) -> Self {
        Self { status, cause: Cause::Http(Arc::new(error.without_url())) }
    }

    /// The time was up before there was an access token to send the request with.
    #[cfg(feature = "management")]
    pub(crate) fn no_access_token() -> Self {
        Self { status: None, cause: Cause::NoAccessToken }
    }

    /// Whether no connection was established, so that nothing was sent.
    pub fn is_connect(&self) -> bool {
        match &self.cause {
            Cause::Http(error) => error.is_connect(),
            #[cfg(feature = "management")]
            Cause::NoAccessToken => false,
        }
    }

    /// Whether a timeout elapsed: that of the call, or that for connecting.
    pub fn is_timeout(&self) -> bool {
        match &self.cause {
            Cause::Http(error) => error.is_timeout(),
            #[cfg(feature = "management")]
            Cause::NoAccessToken => true,
        }
    }

    pub(super) fn status(&self) -> Option<StatusCode> {
        self.status
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error: &(dyn Error + 'static) = match &self.cause {
            Cause::Http(error) => &**error,
            #[cfg(feature = "management")]
            Cause::NoAccessToken => return f.write_str("timed out waiting for an access token (nothing sent)"),
        };
        let what = match self.status {
            _ if self.is_connect() => "failed to connect (nothing sent)",
            Some(_) if self.is_timeout() => "timed out reading the response",
            Some(_) => "connection lost while reading the response",
            None if self.is_timeout() => "timed out waiting for the response",
            None => "no response",
        };
        write!(f, "{what}: {}", root_cause(error))?;
        match self.status {
            Some(status) => write!(f, " (HTTP {status})"),
            None => Ok(()),
        }
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.cause {
            Cause::Http(error) => Some(&**error),
            #[cfg(feature = "management")]
            Cause::NoAccessToken => None,
        }
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
