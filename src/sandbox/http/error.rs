//! Renders errors in the format of the operation.

use axum::http::StatusCode;
use axum::http::header::WWW_AUTHENTICATE;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::html;
use super::response::json;
use crate::sandbox::handlers::error::ApiError;
use crate::sandbox::store::state::State;
use crate::spec::ErrorFormat;

impl ApiError {
    /// The response of an operation.
    pub fn into_response(self, format: ErrorFormat, state: &mut State) -> Response {
        match format {
            ErrorFormat::Envelope => self.into_envelope(StatusCode::OK, state),
            ErrorFormat::OAuth => self.into_oauth(),
            ErrorFormat::Page => {
                html::response(StatusCode::BAD_REQUEST, html::notice("Invalid request", &self.message))
            }
        }
    }

    /// A response in the API's envelope. Its HTTP status is 200, except for unknown paths and rejected subscriptions.
    pub fn into_envelope(self, status: StatusCode, state: &mut State) -> Response {
        let mut body = json!({
            "statusCode": self.status,
            "message": self.message,
            "requestId": state.token("request"),
        });
        if let Some(code) = self.api_code {
            body["apiCode"] = code.into();
        }
        if let Some(data) = self.data {
            body["data"] = Value::clone(&data);
        }
        json(status, &body)
    }

    /// A response of OAuth 2.0, with a challenge if authentication failed.
    fn into_oauth(self) -> Response {
        let body = json!({ "error": self.oauth_error, "error_description": self.message });
        let challenge = match self.oauth_error {
            "invalid_client" => r#"Basic realm="sandbox""#,
            "invalid_token" => r#"Bearer realm="sandbox", error="invalid_token""#,
            _ => return json(StatusCode::BAD_REQUEST, &body),
        };
        ([(WWW_AUTHENTICATE, challenge)], json(StatusCode::UNAUTHORIZED, &body)).into_response()
    }
}
