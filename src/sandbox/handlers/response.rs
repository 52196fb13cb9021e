//! A successful response, before it is rendered as HTTP.

use serde_json::Value;

use crate::sandbox::idp::login::LoginPrompt;
use crate::sandbox::idp::redirect::Redirect;
use crate::spec::{OperationKind, OperationSpec};

pub enum Response {
    Json(Value),
    Text(String),
    Xml(String),
    Empty,
    Redirect(Redirect),
    LoginPage(LoginPrompt),
    /// A page with a title and a sentence.
    Notice(&'static str, &'static str),
}

impl Response {
    /// The example in the OpenAPI document.
    pub fn example(operation: &OperationSpec) -> Self {
        if operation.kind == OperationKind::UrlOnly {
            return Self::Notice("Not emulated", "The sandbox has no page at this URL.");
        }
        let example = operation.response.example.map(|json| serde_json::from_str(json).unwrap_or_default());
        match (operation.response.media_type, example) {
            (Some("application/json"), Some(example)) => Self::Json(example),
            (_, Some(Value::String(text))) => Self::Text(text),
            _ => Self::Empty,
        }
    }
}
