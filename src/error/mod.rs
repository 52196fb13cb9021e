//! What can go wrong, and what to do about it.

mod api;
#[cfg(feature = "oidc")]
mod callback;
mod codes;
mod config;
mod decode;
#[cfg(feature = "events")]
mod event_stream;
mod oauth;
#[cfg(any(feature = "oidc", feature = "management"))]
mod token;
mod transport;
mod unexpected_response;

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;

pub use api::ApiError;
#[cfg(feature = "oidc")]
pub use callback::CallbackError;
pub use codes::{ApiCode, ApiStatus};
pub use config::ConfigError;
pub use decode::DecodeError;
#[cfg(feature = "events")]
pub use event_stream::EventStreamError;
pub use oauth::{OAuthError, OAuthErrorCode};
#[cfg(any(feature = "oidc", feature = "management"))]
pub use token::TokenError;
pub use transport::TransportError;
pub(crate) use transport::root_cause;
pub use unexpected_response::UnexpectedResponse;

/// The result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call failed.
///
/// Neither `Display` nor `Debug` shows a secret, a token, a one-time code or a full phone number. The body of a response
/// that could not be read is available through [`UnexpectedResponse::body`] and [`DecodeError::body`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// The API rejected the call.
    Api(Box<ApiError>),
    /// An OAuth 2.0 or OpenID Connect endpoint rejected the call.
    OAuth(Box<OAuthError>),
    /// The response is not the API's: a gateway's error page, for example, or an empty body. Ask the operator of the
    /// proxies between you and the service.
    UnexpectedResponse(Box<UnexpectedResponse>),
    /// The response does not match the type that this release expects. The call itself has succeeded.
    #[doc(alias = "InvalidResponse")]
    Decode(Box<DecodeError>),
    /// The response exceeds the limit of [`max_response_size`](crate::ClientBuilder::max_response_size); the rest was
    /// not read.
    #[doc(alias = "TooLarge")]
    ResponseTooLarge {
        /// The HTTP status of the response.
        status: StatusCode,
        /// The limit, in bytes.
        limit: usize,
    },
    /// No response was received, or only a part of one. The request may have taken effect all the same, unless
    /// [`is_connect`](Self::is_connect).
    Transport(Box<TransportError>),
    /// A setting or an argument is missing or invalid, or two settings conflict. Nothing was sent.
    Config(ConfigError),
    /// A token is invalid, or could not be refreshed.
    #[cfg(any(feature = "oidc", feature = "management"))]
    #[cfg_attr(docsrs, doc(cfg(any(feature = "oidc", feature = "management"))))]
    Token(TokenError),
    /// A callback does not belong to the authorization request.
    #[cfg(feature = "oidc")]
    #[cfg_attr(docsrs, doc(cfg(feature = "oidc")))]
    Callback(CallbackError),
    /// An event stream lost its connection, or an event could not be decoded.
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    EventStream(EventStreamError),
}

/// The kind of an [`Error`], for metrics and logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// [`Error::Api`]
    Api,
    /// [`Error::OAuth`]
    OAuth,
    /// [`Error::UnexpectedResponse`]
    UnexpectedResponse,
    /// [`Error::Decode`]
    Decode,
    /// [`Error::ResponseTooLarge`]
    ResponseTooLarge,
    /// [`Error::Transport`] where no connection was established.
    Connect,
    /// [`Error::Transport`] where the timeout elapsed on an established connection.
    Timeout,
    /// [`Error::Transport`] for any other reason.
    Transport,
    /// [`Error::Config`]
    Config,
    /// `Error::Token`
    Token,
    /// `Error::Callback`
    Callback,
    /// `Error::EventStream`
    EventStream,
}

impl ErrorKind {
    /// The name in snake case, such as `unexpected_response`: the `error.type` of the call's span.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::OAuth => "oauth",
            Self::UnexpectedResponse => "unexpected_response",
            Self::Decode => "decode",
            Self::ResponseTooLarge => "response_too_large",
            Self::Connect => "connect",
            Self::Timeout => "timeout",
            Self::Transport => "transport",
            Self::Config => "config",
            Self::Token => "token",
            Self::Callback => "callback",
            Self::EventStream => "event_stream",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Error {
    /// The kind of the error.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Api(_) => ErrorKind::Api,
            Self::OAuth(_) => ErrorKind::OAuth,
            Self::UnexpectedResponse(_) => ErrorKind::UnexpectedResponse,
            Self::Decode(_) => ErrorKind::Decode,
            Self::ResponseTooLarge { .. } => ErrorKind::ResponseTooLarge,
            Self::Transport(error) if error.is_connect() => ErrorKind::Connect,
            Self::Transport(error) if error.is_timeout() => ErrorKind::Timeout,
            Self::Transport(_) => ErrorKind::Transport,
            Self::Config(_) => ErrorKind::Config,
            #[cfg(any(feature = "oidc", feature = "management"))]
            Self::Token(_) => ErrorKind::Token,
            #[cfg(feature = "oidc")]
            Self::Callback(_) => ErrorKind::Callback,
            #[cfg(feature = "events")]
            Self::EventStream(_) => ErrorKind::EventStream,
        }
    }

    /// The API's own status of a failure that it reported, else the HTTP status, if there was a response.
    #[doc(alias = "status_code")]
    pub fn api_status(&self) -> Option<ApiStatus> {
        match self {
            Self::Api(error) => Some(error.api_status),
            _ => self.status().map(|status| ApiStatus(status.as_u16().into())),
        }
    }

    /// The HTTP status, if there was a response. The API reports most failures under 200.
    #[doc(alias = "http_status")]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) => Some(error.status),
            Self::OAuth(error) => error.status,
            Self::UnexpectedResponse(error) => Some(error.status),
            Self::Decode(error) => Some(error.status),
            Self::ResponseTooLarge { status, .. } => Some(*status),
            Self::Transport(error) => error.status(),
            Self::Config(_) => None,
            #[cfg(any(feature = "oidc", feature = "management"))]
            Self::Token(_) => None,
            #[cfg(feature = "oidc")]
            Self::Callback(_) => None,
            #[cfg(feature = "events")]
            Self::EventStream(_) => None,
        }
    }

    /// The API's code for what exactly failed, if it reported one.
    pub fn api_code(&self) -> Option<ApiCode> {
        match self {
            Self::Api(error) => error.api_code,
            _ => None,
        }
    }

    /// The id of the request in the server's logs, if the response has one. Quote it to support.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Api(error) => error.request_id.as_deref(),
            Self::OAuth(error) => error.request_id.as_deref(),
            Self::UnexpectedResponse(error) => error.request_id.as_deref(),
            Self::Decode(error) => error.request_id.as_deref(),
            _ => None,
        }
    }

    /// Whether the server throttles calls. Wait before the next one.
    pub fn is_throttled(&self) -> bool {
        match self {
            Self::Api(error) => error.throttled,
            _ => self.status() == Some(StatusCode::TOO_MANY_REQUESTS),
        }
    }

    /// How long to wait before the next call, from the response's `Retry-After`.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Api(error) => error.retry_after,
            Self::OAuth(error) => error.retry_after,
            Self::UnexpectedResponse(error) => error.retry_after,
            _ => None,
        }
    }

    /// Whether the error is transient, so that the same call may succeed later: throttling, a server error, or no
    /// response.
    ///
    /// That does not make it safe to send the call again: unless [`is_connect`](Self::is_connect), the first attempt
    /// may have taken effect, and a one-time code may be used up.
    #[doc(alias = "is_retryable")]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Api(error) => error.throttled || error.transient,
            Self::OAuth(error)
                if matches!(error.error, OAuthErrorCode::ServerError | OAuthErrorCode::TemporarilyUnavailable) =>
            {
                true
            }
            Self::Transport(_) => true,
            #[cfg(feature = "events")]
            Self::EventStream(error) => !matches!(error, EventStreamError::Deserialize { .. }),
            _ => self.status().is_some_and(|status| is_transient_status(status.as_u16().into())),
        }
    }

    /// Whether no connection was established, so that nothing was sent.
    pub fn is_connect(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_connect())
    }

    /// Whether a timeout elapsed: that of the call, or that for connecting.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_timeout())
    }
}

/// Whether an HTTP status, or the API's own, is that of a transient error. 501 is not: it is permanent.
pub(crate) fn is_transient_status(status: i64) -> bool {
    matches!(status, 408 | 429 | 500 | 502..=599)
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::OAuth(error) => error.fmt(f),
            Self::UnexpectedResponse(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::ResponseTooLarge { status, limit } => {
                write!(f, "response exceeds the limit of {limit} bytes (HTTP {status}): raise `max_response_size`")
            }
            Self::Transport(error) => error.fmt(f),
            Self::Config(error) => error.fmt(f),
            #[cfg(any(feature = "oidc", feature = "management"))]
            Self::Token(error) => error.fmt(f),
            #[cfg(feature = "oidc")]
            Self::Callback(error) => error.fmt(f),
            #[cfg(feature = "events")]
            Self::EventStream(error) => error.fmt(f),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            _ => None,
        }
    }
}

macro_rules! from {
    ($($(#[$attribute:meta])* $source:ident => $make:expr),* $(,)?) => {$(
        $(#[$attribute])*
        impl From<$source> for Error {
            fn from(error: $source) -> Self {
                $make(error)
            }
        }
    )*};
}

from! {
    ApiError => |error| Self::Api(Box::new(error)),
    OAuthError => |error| Self::OAuth(Box::new(error)),
    UnexpectedResponse => |error| Self::UnexpectedResponse(Box::new(error)),
    DecodeError => |error| Self::Decode(Box::new(error)),
    TransportError => |error| Self::Transport(Box::new(error)),
    ConfigError => Self::Config,
    #[cfg(any(feature = "oidc", feature = "management"))]
    TokenError => Self::Token,
    #[cfg(feature = "oidc")]
    CallbackError => Self::Callback,
    #[cfg(feature = "events")]
    EventStreamError => Self::EventStream,
}
