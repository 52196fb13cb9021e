//! The OpenAPI document of a running sandbox: the API's, and its own controls.

use axum::extract;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::endpoints::{self, Command};
use crate::sandbox::handle::Running;
use crate::sandbox::router::reply;
use crate::sandbox::spec::Description;
use crate::sandbox::state::State;

/// The tag of the controls.
const TAG: &str = "sandbox";

pub async fn show(extract::State(running): extract::State<Running>) -> Response {
    let Ok(description) = Description::get() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let mut document = description.document.clone();
    document["servers"] = json!([{ "url": "/", "description": "This sandbox" }]);
    if let Some(tags) = document["tags"].as_array_mut() {
        tags.insert(0, json!({ "name": TAG, "description": "Steering this sandbox" }));
    }
    give_fresh_codes(&mut document, &mut running.state());
    for command in endpoints::all() {
        document["paths"][command.path][command.method.to_lowercase()] = operation(&command);
    }
    reply(StatusCode::OK, &document)
}

/// Puts codes into the examples that work once, rather than none that ever does.
fn give_fresh_codes(document: &mut Value, state: &mut State) {
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    for (_, operation) in paths.filter_map(|(_, methods)| methods.as_object_mut()).flatten() {
        if operation["x-genauth-sandbox"] == "wechat-phone-code" {
            let answer = &operation["responses"]["200"]["content"]["application/json"]["example"];
            let code = state.issue_phone_code(answer["data"]["phoneNumber"].as_str().unwrap_or_default());
            operation["requestBody"]["content"]["application/json"]["example"]["code"] = code.into();
        }
    }
}

fn operation(command: &Command) -> Value {
    let mut operation = json!({
        "operationId": command.id,
        "tags": [TAG],
        "summary": command.does,
        "security": [],
        "responses": { "200": { "description": "Done" } },
    });
    match &command.schema {
        Some(schema) => {
            let media = json!({ "schema": schema, "example": command.example });
            operation["requestBody"] = json!({ "required": true, "content": { "application/json": media } });
        }
        None => {
            let parameters = command.example.as_object().into_iter().flatten();
            operation["parameters"] = parameters
                .map(|(name, value)| {
                    let schema = json!({ "type": "string" });
                    json!({ "name": name, "in": "path", "required": true, "schema": schema, "example": value })
                })
                .collect();
        }
    }
    operation
}
