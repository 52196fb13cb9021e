//! Why a request is rejected.

use serde_json::Value;

#[derive(Clone)]
pub struct ApiError {
    /// The status in the API's envelope.
    pub status: u16,
    pub api_code: Option<i64>,
    /// The error code of OAuth 2.0.
    pub oauth_error: &'static str,
    pub message: String,
    pub data: Option<Box<Value>>,
}

impl ApiError {
    pub fn new(status: u16, message: impl Into<String>) -> Self {
        Self { status, api_code: None, oauth_error: "invalid_request", message: message.into(), data: None }
    }

    pub fn malformed(message: impl Into<String>) -> Self {
        Self::new(400, message)
    }

    /// No access token, or one that is not valid.
    pub fn unauthenticated(message: &str) -> Self {
        Self { oauth_error: "invalid_token", ..Self::new(401, message).with_api_code(2020) }
    }

    pub fn invalid_client(message: &str) -> Self {
        Self { oauth_error: "invalid_client", ..Self::new(401, message) }
    }

    /// Any other error of OAuth 2.0.
    pub fn oauth(error: &'static str, message: &str) -> Self {
        Self { oauth_error: error, ..Self::new(400, message) }
    }

    /// What the request names does not exist.
    #[cfg(feature = "management")]
    pub fn not_found() -> Self {
        Self::new(404, "there is none with this key")
    }

    /// An administrator has suspended the user.
    pub fn user_suspended() -> Self {
        Self::new(403, "the user is suspended").with_api_code(2_120_008)
    }

    pub fn user_not_found() -> Self {
        Self::new(400, "the user does not exist").with_api_code(2004)
    }

    pub fn user_exists(property: &str) -> Self {
        Self::new(409, format!("another user has this {property}"))
    }

    pub fn invalid_pass_code() -> Self {
        Self::new(400, "the pass code is wrong, used or expired")
    }

    pub fn with_api_code(mut self, code: i64) -> Self {
        self.api_code = Some(code);
        self
    }

    /// Adds what the client needs for its next step.
    pub fn with_data(mut self, data: Value) -> Self {
        self.data = Some(Box::new(data));
        self
    }
}
