//! Steering the sandbox over HTTP, for backends and tests in any language.

mod document;
mod endpoints;
mod live;

use std::io;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::RawPathParams;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::{get, on};
use serde_json::{Value, json};

use super::application::{APP_ID, APP_SECRET};
use super::error::Refusal;
use super::handle::Running;
use super::router::{method_filter, reply};
use super::spec::Schema;
use super::state::State;
use endpoints::Command;

/// Routes for the controls, and for what tells of them.
pub fn router(running: &Running) -> io::Result<Router> {
    let mut router = Router::new()
        .route("/_sandbox", get(async || reply(StatusCode::OK, &list())))
        .route("/_sandbox/requests/live", get(live::calls))
        .route("/_sandbox/openapi.json", get(document::show))
        .with_state(running.clone());
    for command in endpoints::all() {
        let (path, method) = (command.path, method_filter(command.method)?);
        let (command, running) = (Arc::new(Checked::new(command)), running.clone());
        let handler = async move |parameters: RawPathParams, headers: HeaderMap, body: Bytes| {
            command.run(&mut running.state(), &parameters, &headers, &body)
        };
        router = router.route(path, on(method, handler));
    }
    Ok(router)
}

/// Every control, and the application that the sandbox knows.
fn list() -> Value {
    let mut controls: Vec<_> = endpoints::all().iter().map(Command::to_json).collect();
    for (path, does) in [
        (
            "/_sandbox/requests/live",
            "The same calls as server-sent events, the oldest first, and then each as it comes",
        ),
        ("/_sandbox/openapi.json", "The OpenAPI document of the API and of these controls"),
    ] {
        controls.push(json!({ "method": "GET", "path": path, "does": does }));
    }
    json!({ "appId": APP_ID, "appSecret": APP_SECRET, "controls": controls })
}

/// A command, whose body is checked before it is run.
struct Checked {
    command: Command,
    schema: Option<Schema>,
}

impl Checked {
    fn new(command: Command) -> Self {
        let schema = command.schema.clone().map(Schema::new);
        Self { command, schema }
    }

    fn run(&self, state: &mut State, parameters: &RawPathParams, headers: &HeaderMap, body: &Bytes) -> Response {
        let input = self.input(parameters, headers, body);
        match input.and_then(|input| (self.command.run)(state, &input)) {
            Ok(answer) => reply(StatusCode::OK, &answer),
            Err(refusal) => {
                let answer = json!({ "error": refusal.message(), "example": self.command.example });
                reply(refusal.http_status(), &answer)
            }
        }
    }

    /// The body and the path's parameter, in one object.
    fn input(&self, parameters: &RawPathParams, headers: &HeaderMap, body: &Bytes) -> Result<Value, Refusal> {
        let mut input = json!({});
        if let Some(schema) = &self.schema {
            // No web page from elsewhere can send this content type unasked.
            let kind = headers.get(CONTENT_TYPE).map_or(b"".as_slice(), HeaderValue::as_bytes);
            let is_json = kind.starts_with(b"application/json");
            let missing = || Refusal::malformed("the body is not JSON, or its content type is not application/json");
            input = is_json.then(|| serde_json::from_slice(body).ok()).flatten().ok_or_else(missing)?;
            schema.check(&input, "")?;
        }
        for (name, value) in parameters {
            input[name] = value.into();
        }
        Ok(input)
    }
}
