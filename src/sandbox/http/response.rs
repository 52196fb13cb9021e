//! Renders successful responses.

use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::html;
use crate::sandbox::handlers::response;
use crate::sandbox::idp::redirect::Redirect;

impl IntoResponse for response::Response {
    fn into_response(self) -> Response {
        match self {
            Self::Json(body) => json(StatusCode::OK, &body),
            Self::Text(text) => ([(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response(),
            Self::Xml(xml) => ([(CONTENT_TYPE, "application/xml; charset=utf-8")], xml).into_response(),
            Self::Empty => StatusCode::OK.into_response(),
            Self::Redirect(redirect) => self::redirect(redirect),
            Self::LoginPage(prompt) => html::response(StatusCode::OK, html::login_page(&prompt)),
            Self::Notice(title, text) => html::response(StatusCode::OK, html::notice(title, text)),
        }
    }
}

pub fn redirect(redirect: Redirect) -> Response {
    match redirect {
        Redirect::To(url) => (StatusCode::FOUND, [(LOCATION, url.as_str())]).into_response(),
        Redirect::FormPost { url, fields } => html::response(StatusCode::OK, html::form_post_page(&url, &fields)),
    }
}

pub fn json(status: StatusCode, body: &Value) -> Response {
    // Some responses contain tokens, which must not be cached (RFC 6749, section 5.1).
    let headers = [(CONTENT_TYPE, "application/json; charset=utf-8"), (CACHE_CONTROL, "no-store")];
    (status, headers, body.to_string()).into_response()
}
