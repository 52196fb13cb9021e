//! Failures that OAuth 2.0's endpoints report.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;
use serde::Deserialize;

use crate::types::open_enum::open_enum;

open_enum! {
    /// What an OAuth 2.0 or OpenID Connect endpoint found wrong.
    OAuthErrorCode {
        /// The user, or the server for the user, said no.
        AccessDenied = "access_denied",
        /// The user has to agree first, and was not to be asked.
        ConsentRequired = "consent_required",
        /// The user has to do something first, and was not to be asked.
        InteractionRequired = "interaction_required",
        /// The token does not allow this.
        InsufficientScope = "insufficient_scope",
        /// The application's credentials are missing, wrong, or sent by another method than it is set to.
        InvalidClient = "invalid_client",
        /// The code, refresh token or password is wrong, expired, used or another application's.
        InvalidGrant = "invalid_grant",
        /// The request lacks something, has something twice, or is malformed.
        InvalidRequest = "invalid_request",
        /// The scope is unknown, malformed, or more than was granted.
        InvalidScope = "invalid_scope",
        /// The access token is wrong, expired or revoked.
        InvalidToken = "invalid_token",
        /// The user has to log in first, and was not to be asked.
        LoginRequired = "login_required",
        /// The server failed.
        ServerError = "server_error",
        /// The server is overloaded or under maintenance.
        TemporarilyUnavailable = "temporarily_unavailable",
        /// The application may not do this.
        UnauthorizedClient = "unauthorized_client",
        /// The server does not offer this kind of grant.
        UnsupportedGrantType = "unsupported_grant_type",
        /// The server does not offer this kind of answer.
        UnsupportedResponseType = "unsupported_response_type",
    }
}

/// A failure that an OAuth 2.0 or OpenID Connect endpoint reported.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OAuthError {
    /// What is wrong.
    pub error: OAuthErrorCode,
    /// The same in words, for developers.
    pub description: Option<String>,
    /// The status of the HTTP answer; none if it came by way of a browser.
    pub status: Option<StatusCode>,
    /// The request's name in the server's logs.
    pub request_id: Option<String>,
    pub(crate) retry_after: Option<Duration>,
}

impl OAuthError {
    /// Whether the same request may succeed later.
    pub(crate) fn is_transient(&self) -> bool {
        use OAuthErrorCode::{ServerError, TemporarilyUnavailable};
        matches!(self.error, ServerError | TemporarilyUnavailable)
            || self.status.is_some_and(|status| status.is_server_error() || status.as_u16() == 429)
    }
}

impl fmt::Display for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the server refused: {}", self.error)?;
        if let Some(description) = &self.description {
            write!(f, ": {description}")?;
        }
        if let Some(status) = self.status {
            write!(f, " (HTTP {status})")?;
        }
        if let Some(id) = &self.request_id {
            write!(f, " (request {id})")?;
        }
        Ok(())
    }
}

impl StdError for OAuthError {}

/// The members of an error as OAuth 2.0 has them, in a body or in a query.
#[derive(Deserialize)]
pub(crate) struct OAuthErrorBody {
    pub error: OAuthErrorCode,
    pub error_description: Option<String>,
}
