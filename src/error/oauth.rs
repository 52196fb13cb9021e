//! Failures that OAuth 2.0 endpoints report.

use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;

use crate::types::open_enum::open_enum;

open_enum! {
    /// The error code of an OAuth 2.0 or OpenID Connect endpoint.
    OAuthErrorCode {
        /// The user, or the server on the user's behalf, denied the request.
        AccessDenied = "access_denied",
        /// The user has to consent, and the request forbids asking.
        ConsentRequired = "consent_required",
        /// The user has to interact with the server, and the request forbids asking.
        InteractionRequired = "interaction_required",
        /// The token's scope does not allow this.
        InsufficientScope = "insufficient_scope",
        /// The application's credentials are missing, wrong, or sent by another method than the configured one.
        InvalidClient = "invalid_client",
        /// The code, refresh token or password is wrong, expired, used, revoked, or another application's.
        InvalidGrant = "invalid_grant",
        /// A parameter is missing, repeated or malformed.
        InvalidRequest = "invalid_request",
        /// The scope is unknown, malformed, or exceeds what was granted.
        InvalidScope = "invalid_scope",
        /// The access token is malformed, expired or revoked.
        InvalidToken = "invalid_token",
        /// The user has to log in, and the request forbids asking.
        LoginRequired = "login_required",
        /// The server failed.
        ServerError = "server_error",
        /// The server is overloaded or under maintenance.
        TemporarilyUnavailable = "temporarily_unavailable",
        /// The application may not use this grant type.
        UnauthorizedClient = "unauthorized_client",
        /// The server does not support this grant type.
        UnsupportedGrantType = "unsupported_grant_type",
        /// The server does not support this response type.
        UnsupportedResponseType = "unsupported_response_type",
    }
}

/// A failure that an OAuth 2.0 or OpenID Connect endpoint reported.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OAuthError {
    /// The error code.
    pub error: OAuthErrorCode,
    /// The server's explanation, for developers.
    pub description: Option<String>,
    /// The HTTP status of the response; `None` if the error came in a callback's query string.
    pub status: Option<StatusCode>,
    /// The id of the request in the server's logs.
    pub request_id: Option<String>,
    pub(crate) retry_after: Option<Duration>,
}

impl fmt::Display for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OAuth error {}", self.error)?;
        if let Some(description) = &self.description {
            write!(f, ": {description}")?;
        }
        match (self.status, &self.request_id) {
            (Some(status), Some(id)) => write!(f, " (HTTP {status}, request {id})"),
            (Some(status), None) => write!(f, " (HTTP {status})"),
            (None, Some(id)) => write!(f, " (request {id})"),
            (None, None) => Ok(()),
        }
    }
}

impl std::error::Error for OAuthError {}
