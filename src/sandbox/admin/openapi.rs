//! The OpenAPI document of a sandbox: the API and the admin endpoints.

use axum::extract;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::endpoints::{self, AdminEndpoint};
use crate::sandbox::handlers::Handler;
use crate::sandbox::http::handle::Handle;
use crate::sandbox::http::response;
use crate::sandbox::store::state::State;
use crate::spec::OPERATIONS;

/// The tag of the admin endpoints.
const TAG: &str = "sandbox";

pub async fn document(extract::State(handle): extract::State<Handle>) -> Response {
    let mut document: Value = serde_json::from_str(crate::OPENAPI).expect("the OpenAPI document is JSON");
    document["servers"] = json!([{ "url": "/", "description": "This sandbox" }]);
    if let Some(tags) = document["tags"].as_array_mut() {
        tags.insert(0, json!({ "name": TAG, "description": "Controls this sandbox" }));
    }
    prepare_examples(&mut document, &mut handle.state());
    for endpoint in endpoints::all() {
        document["paths"][endpoint.path][endpoint.method.to_lowercase()] = operation(&endpoint);
    }
    response::json(StatusCode::OK, &document)
}

/// Replaces examples that the sandbox rejects with ones that it accepts.
fn prepare_examples(document: &mut Value, state: &mut State) {
    for operation in OPERATIONS {
        let prepare = Handler::of(operation).ok().and_then(|handler| handler.prepare_example);
        let (Some(prepare), Some(body)) = (prepare, operation.body) else { continue };
        let item = &mut document["paths"][operation.path][operation.method.to_lowercase()];
        let response = operation.response.example.map(|json| serde_json::from_str(json).unwrap_or_default());
        let request = &mut item["requestBody"]["content"][body.media_type]["example"];
        prepare(state, request, &response.unwrap_or(Value::Null));
    }
}

fn operation(endpoint: &AdminEndpoint) -> Value {
    let mut operation = json!({
        "operationId": endpoint.id,
        "tags": [TAG],
        "summary": endpoint.summary,
        "security": [],
        "responses": { "200": { "description": "Success" } },
    });
    match &endpoint.schema {
        Some(schema) => {
            let media = json!({ "schema": schema, "example": endpoint.example });
            operation["requestBody"] = json!({ "required": true, "content": { "application/json": media } });
        }
        None => {
            let parameters = endpoint.example.as_object().into_iter().flatten();
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
