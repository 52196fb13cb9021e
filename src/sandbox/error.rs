//! How the service says no.

use axum::http::StatusCode;
use axum::http::header::WWW_AUTHENTICATE;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::html;
use super::router::reply;

/// Why a request is refused.
pub struct Refusal {
    status: i64,
    api_code: Option<i64>,
    /// The error as OAuth 2.0 names it.
    error: &'static str,
    message: String,
    data: Option<Box<Value>>,
}

impl Refusal {
    pub fn new(status: i64, message: impl Into<String>) -> Self {
        Self { status, api_code: None, error: "invalid_request", message: message.into(), data: None }
    }

    /// The request does not say what it must.
    pub fn malformed(message: impl Into<String>) -> Self {
        Self::new(400, message)
    }

    pub fn not_signed_in(message: &str) -> Self {
        Self { error: "invalid_token", ..Self::new(401, message).api_code(2020) }
    }

    pub fn wrong_client(message: &str) -> Self {
        Self { error: "invalid_client", ..Self::new(401, message) }
    }

    /// An error of OAuth 2.0 that is nobody's failure to prove who it is.
    pub fn oauth(error: &'static str, message: &str) -> Self {
        Self { error, ..Self::new(400, message) }
    }

    pub fn no_such_user() -> Self {
        Self::new(400, "the user does not exist").api_code(2004)
    }

    pub fn user_exists(what: &str) -> Self {
        Self::new(409, format!("another user has this {what}"))
    }

    pub fn wrong_pass_code() -> Self {
        Self::new(400, "the code is wrong, used or expired")
    }

    pub fn api_code(mut self, code: i64) -> Self {
        self.api_code = Some(code);
        self
    }

    /// What the next step needs.
    pub fn data(mut self, data: Value) -> Self {
        self.data = Some(Box::new(data));
        self
    }

    pub fn message(&self) -> &str {
        &self.message
    }

    /// Its status, where it is also that of the HTTP answer.
    pub fn http_status(&self) -> StatusCode {
        u16::try_from(self.status)
            .ok()
            .and_then(|status| StatusCode::from_u16(status).ok())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The error as OAuth 2.0 names it, and the message.
    pub fn as_oauth(&self) -> (&'static str, &str) {
        (self.error, &self.message)
    }

    /// The answer that says so where OAuth 2.0 rules: with its own HTTP status, and how to prove oneself.
    pub fn into_oauth_response(self) -> Response {
        let answer = |status| reply(status, &json!({ "error": self.error, "error_description": self.message }));
        let challenge = match self.error {
            "invalid_client" => r#"Basic realm="sandbox""#,
            "invalid_token" => r#"Bearer realm="sandbox", error="invalid_token""#,
            _ => return answer(StatusCode::BAD_REQUEST),
        };
        ([(WWW_AUTHENTICATE, challenge)], answer(StatusCode::UNAUTHORIZED)).into_response()
    }

    /// The answer that says so to the person at a browser.
    pub fn into_page(self) -> Response {
        html::response(StatusCode::BAD_REQUEST, html::notice("The sandbox refuses this address", &self.message))
    }

    /// The answer that says so in the API's envelope.
    pub fn to_json(&self, request_id: String) -> Value {
        let mut answer = json!({ "statusCode": self.status, "message": self.message, "requestId": request_id });
        if let Some(code) = self.api_code {
            answer["apiCode"] = code.into();
        }
        if let Some(data) = &self.data {
            answer["data"] = Value::clone(data);
        }
        answer
    }
}
