//! What can go wrong, whose fault it is, and what to do about it.

#[cfg(feature = "oidc")]
mod callback;
mod codes;
#[cfg(feature = "events")]
mod event_stream;
mod oauth;
#[cfg(feature = "oidc")]
mod token;

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::Value;

#[cfg(feature = "oidc")]
pub use callback::CallbackError;
pub use codes::{ApiCode, ApiStatus};
#[cfg(feature = "events")]
pub use event_stream::EventStreamError;
pub(crate) use oauth::OAuthErrorBody;
pub use oauth::{OAuthError, OAuthErrorCode};
#[cfg(feature = "oidc")]
pub use token::TokenError;

/// The result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call failed.
///
/// No case shows a secret, a token, a one-time code or a whole phone number, neither in `Display` nor in
/// `Debug`: answers that could not be read are kept aside, for who asks for their bytes.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// The API said no, for the reason given.
    Api(Box<ApiError>),
    /// An OAuth 2.0 or OpenID Connect endpoint said no, for the reason given.
    OAuth(Box<OAuthError>),
    /// An answer came that is not the API's: a gateway's error page, say, or an empty body. Whoever runs
    /// what stands between you and the service can help.
    UnexpectedResponse(Box<UnexpectedResponse>),
    /// The API's answer does not have the form that this release knows. The call itself has succeeded.
    Decode(Box<DecodeError>),
    /// The answer went on past the limit, so the rest was not read.
    ResponseTooLarge {
        /// The answer's HTTP status.
        status: StatusCode,
        /// The limit, in bytes.
        limit: usize,
    },
    /// No answer came, or only a part of one. What was sent may have taken effect all the same, unless
    /// [`is_connect`](TransportError::is_connect).
    Transport(Box<TransportError>),
    /// The client was set up, or the call made, in a way that cannot work. Nothing was sent.
    Config(ConfigError),
    /// A token is not what it should be.
    #[cfg(feature = "oidc")]
    #[cfg_attr(docsrs, doc(cfg(feature = "oidc")))]
    Token(TokenError),
    /// A browser came back with something else than the answer to the authorization request.
    #[cfg(feature = "oidc")]
    #[cfg_attr(docsrs, doc(cfg(feature = "oidc")))]
    Callback(CallbackError),
    /// A line over which events come was lost, or an event has another form.
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    EventStream(EventStreamError),
}

impl Error {
    /// The API's status for a failure that it reported, else the HTTP status of the answer, if one came.
    pub fn api_status(&self) -> Option<ApiStatus> {
        match self {
            Self::Api(error) => Some(error.api_status),
            _ => self.status().map(|status| ApiStatus(status.as_u16().into())),
        }
    }

    /// The HTTP status of the answer, if one came. The API reports most failures under 200.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) => Some(error.status),
            Self::OAuth(error) => error.status,
            Self::UnexpectedResponse(error) => Some(error.status),
            Self::Decode(error) => Some(error.status),
            Self::ResponseTooLarge { status, .. } => Some(*status),
            Self::Transport(error) => error.status,
            Self::Config(_) => None,
            #[cfg(feature = "oidc")]
            Self::Token(_) | Self::Callback(_) => None,
            #[cfg(feature = "events")]
            Self::EventStream(_) => None,
        }
    }

    /// What exactly the API refused, if it said so.
    pub fn api_code(&self) -> Option<ApiCode> {
        match self {
            Self::Api(error) => error.api_code,
            _ => None,
        }
    }

    /// The request's name in the server's logs, if the answer had one. Quote it to support.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Api(error) => error.request_id.as_deref(),
            Self::OAuth(error) => error.request_id.as_deref(),
            Self::UnexpectedResponse(error) => error.request_id.as_deref(),
            Self::Decode(error) => error.request_id.as_deref(),
            _ => None,
        }
    }

    /// Whether the server asks for fewer calls. Wait before the next one.
    pub fn is_throttled(&self) -> bool {
        match self {
            Self::Api(error) => error.throttled,
            _ => self.status() == Some(StatusCode::TOO_MANY_REQUESTS),
        }
    }

    /// How long the server asks to wait before the next call, if its answer said so.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Api(error) => error.retry_after,
            Self::OAuth(error) => error.retry_after,
            Self::UnexpectedResponse(error) => error.retry_after,
            _ => None,
        }
    }

    /// Whether the same call may succeed later: the server is busy or in trouble, or no answer came.
    ///
    /// That it *may be sent again* does not follow: unless nothing was sent
    /// ([`TransportError::is_connect`]), the first attempt may have taken effect, and a
    /// one-time code may be used up.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Api(error) => error.throttled || error.transient,
            Self::OAuth(error) => error.is_transient(),
            Self::Transport(_) => true,
            #[cfg(feature = "events")]
            Self::EventStream(error) => !matches!(error, EventStreamError::Deserialize { .. }),
            _ => self.status().is_some_and(|status| matches!(status.as_u16(), 408 | 429 | 500 | 502..=504)),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::OAuth(error) => error.fmt(f),
            Self::UnexpectedResponse(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::ResponseTooLarge { status, limit } => {
                write!(f, "the answer (HTTP {status}) is longer than the limit of {limit} bytes")
            }
            Self::Transport(error) => error.fmt(f),
            Self::Config(error) => error.fmt(f),
            #[cfg(feature = "oidc")]
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
    #[cfg(feature = "events")]
    EventStreamError => Self::EventStream,
}

#[cfg(feature = "oidc")]
from! {
    TokenError => Self::Token,
    CallbackError => Self::Callback,
}

/// A failure that the API reported.
#[derive(Clone)]
#[non_exhaustive]
pub struct ApiError {
    /// The API's own status. It is 200 where a third party's failure was handed on as an answer.
    pub api_status: ApiStatus,
    /// The status of the HTTP answer that the failure came in; mostly 200.
    pub status: StatusCode,
    /// What exactly failed.
    pub api_code: Option<ApiCode>,
    /// The reason in words, in the language asked for.
    pub message: String,
    /// The request's name in the server's logs.
    pub request_id: Option<String>,
    /// What the server gave along: what the next step needs, for some failures. `Debug` does not show it;
    /// [`data_as`](Self::data_as) reads it.
    pub data: Option<Value>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) throttled: bool,
    pub(crate) transient: bool,
}

impl ApiError {
    /// The data of the failure as a type of [`types`](crate::types), if it has that form.
    ///
    /// ```
    /// # fn example(error: genauth::ApiError) {
    /// use genauth::types::MfaRequiredDto;
    ///
    /// if let Some(next) = error.data_as::<MfaRequiredDto>() {
    ///     println!("a second factor is needed: {next:?}");
    /// }
    /// # }
    /// ```
    pub fn data_as<T: DeserializeOwned>(&self) -> Option<T> {
        T::deserialize(self.data.as_ref()?).ok()
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("api_status", &self.api_status)
            .field("status", &self.status)
            .field("api_code", &self.api_code)
            .field("message", &self.message)
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the API refused: {} (status {}", self.message, self.api_status)?;
        if let Some(code) = self.api_code {
            write!(f, ", code {code}")?;
        }
        if let Some(id) = &self.request_id {
            write!(f, ", request {id}")?;
        }
        f.write_str(")")
    }
}

impl StdError for ApiError {}

/// An answer that is not the API's.
#[derive(Clone)]
#[non_exhaustive]
pub struct UnexpectedResponse {
    /// Its HTTP status.
    pub status: StatusCode,
    /// The request's name, from the answer's headers.
    pub request_id: Option<String>,
    /// What is wrong with it.
    pub reason: &'static str,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) content_type: Option<String>,
    pub(crate) body: Bytes,
}

impl UnexpectedResponse {
    /// Its body, which may hold anything; think before you log it.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// What its header says that the body is, such as `text/html`.
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
        let Self { status, reason, .. } = self;
        let content_type = self.content_type().unwrap_or("no content type");
        write!(f, "not the API's answer: {reason} (HTTP {status}, {content_type}, {} bytes", self.body.len())?;
        if let Some(id) = &self.request_id {
            write!(f, ", request {id}")?;
        }
        f.write_str(")")
    }
}

impl StdError for UnexpectedResponse {}

/// An answer of the API that does not have the form which its description gives it.
#[derive(Clone)]
#[non_exhaustive]
pub struct DecodeError {
    /// Its HTTP status.
    pub status: StatusCode,
    /// The request's name in the server's logs.
    pub request_id: Option<String>,
    /// The member that does not fit, such as `data.phoneNumber`; empty for the answer as a whole.
    pub path: String,
    /// What is wrong with it.
    pub reason: String,
    pub(crate) body: Bytes,
}

impl DecodeError {
    /// The whole body, secrets included; think before you log it.
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
        let Self { status, path, reason, .. } = self;
        let colon = if path.is_empty() { "" } else { ": " };
        write!(f, "the answer does not fit its description: {path}{colon}{reason} (HTTP {status}")?;
        if let Some(id) = &self.request_id {
            write!(f, ", request {id}")?;
        }
        f.write_str(")")
    }
}

impl StdError for DecodeError {}

/// No answer, or a part of one.
#[derive(Clone, Debug)]
pub struct TransportError {
    status: Option<StatusCode>,
    source: Arc<reqwest::Error>,
}

impl TransportError {
    pub(crate) fn new(error: reqwest::Error, status: Option<StatusCode>) -> Self {
        Self { status, source: Arc::new(error.without_url()) }
    }

    /// Whether no connection came about, so that nothing was sent.
    pub fn is_connect(&self) -> bool {
        self.source.is_connect()
    }

    /// Whether time ran out.
    pub fn is_timeout(&self) -> bool {
        self.source.is_timeout()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.status {
            _ if self.is_connect() => "no connection, nothing was sent",
            _ if self.is_timeout() => "no whole answer in time",
            Some(_) => "the answer broke off",
            None => "no answer",
        };
        write!(f, "{what}: {}", root_cause(&*self.source))?;
        match self.status {
            Some(status) => write!(f, " (HTTP {status})"),
            None => Ok(()),
        }
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

/// What a chain of errors comes down to: the last one, or an earlier one that says the same and more.
pub(crate) fn root_cause(error: &(dyn StdError + 'static)) -> String {
    let (mut error, mut text) = (error, error.to_string());
    while let Some(cause) = error.source() {
        let said = cause.to_string();
        if !text.contains(&said) {
            text = said;
        }
        error = cause;
    }
    text
}

/// A setting or an argument that cannot work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    what: String,
    remedy: String,
}

impl ConfigError {
    pub(crate) fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { what: what.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.remedy)
    }
}

impl StdError for ConfigError {}
