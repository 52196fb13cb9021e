//! What the sandbox answers when it does not refuse.

use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use url::Url;

use super::html;
use super::router::reply;

#[derive(Clone)]
pub enum Answer {
    Json(Value),
    Text(String),
    Nothing,
    /// Sends the browser elsewhere.
    Redirect(Url),
    /// A page for the browser to show, whole.
    Page(String),
    /// Another answer, with a cookie for the browser to keep.
    Cookie(Box<Self>, String),
}

impl Answer {
    /// The answer that the description gives as an operation's example.
    pub fn example(spec: &Value) -> Self {
        let content = &spec["responses"]["200"]["content"];
        let example = |media: &str| content[media].get("example").cloned();
        if let Some(json) = example("application/json") {
            Self::Json(json)
        } else if let Some(text) = example("text/plain") {
            Self::Text(text.as_str().unwrap_or_default().to_owned())
        } else if spec["x-genauth-url-only"] == true {
            Self::Page(html::notice("Not played", "The sandbox has this address, but does not play what is behind it."))
        } else {
            Self::Nothing
        }
    }

    /// The data of an answer in the API's envelope.
    pub fn data(&self) -> &Value {
        match self {
            Self::Json(answer) => &answer["data"],
            _ => &Value::Null,
        }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        match self {
            Self::Json(body) => reply(StatusCode::OK, &body),
            Self::Text(text) => ([(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response(),
            Self::Nothing => StatusCode::OK.into_response(),
            Self::Redirect(to) => (StatusCode::FOUND, [(LOCATION, to.as_str())]).into_response(),
            Self::Page(page) => html::response(StatusCode::OK, page),
            Self::Cookie(answer, cookie) => ([(SET_COOKIE, cookie)], *answer).into_response(),
        }
    }
}
