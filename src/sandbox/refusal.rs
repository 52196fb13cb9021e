//! How the service says no.

use axum::http::StatusCode;
use serde_json::{Value, json};

/// Why a request is refused.
pub struct Refusal {
    status: i64,
    api_code: Option<i64>,
    message: String,
    data: Option<Value>,
}

impl Refusal {
    pub fn new(status: i64, message: impl Into<String>) -> Self {
        Self { status, api_code: None, message: message.into(), data: None }
    }

    /// The request does not say what it must.
    pub fn malformed(message: impl Into<String>) -> Self {
        Self::new(400, message)
    }

    pub fn not_signed_in(message: &str) -> Self {
        Self::new(401, message).api_code(2020)
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
        self.data = Some(data);
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

    /// The answer that says so.
    pub fn to_json(&self, request_id: String) -> Value {
        let mut answer = json!({ "statusCode": self.status, "message": self.message, "requestId": request_id });
        if let Some(code) = self.api_code {
            answer["apiCode"] = code.into();
        }
        if let Some(data) = &self.data {
            answer["data"] = data.clone();
        }
        answer
    }
}
