//! Controls the sandbox over HTTP, for backends and tests in any language.

mod endpoints;
mod live_requests;
mod openapi;

use std::io;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{self, RawPathParams};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::{get, on};
use serde_json::{Value, json};

use super::handlers::error::ApiError;
use super::http::handle::Handle;
use super::http::response;
use super::http::router::method_filter;
use super::http::schema::Schema;
#[cfg(feature = "management")]
use super::store::application::{ACCESS_KEY_ID, ACCESS_KEY_SECRET};
use super::store::application::{APP_ID, APP_SECRET};
use super::store::state::State;
use endpoints::AdminEndpoint;

pub fn router(handle: &Handle) -> io::Result<Router> {
    let mut router = Router::new()
        .route("/_sandbox", get(overview))
        .route("/_sandbox/requests/live", get(live_requests::stream))
        .route("/_sandbox/openapi.json", get(openapi::document))
        .with_state(handle.clone());
    for endpoint in endpoints::all() {
        let (path, method) = (endpoint.path, method_filter(endpoint.method)?);
        let (endpoint, handle) = (Arc::new(ValidatedEndpoint::new(endpoint)), handle.clone());
        let respond = async move |parameters: RawPathParams, headers: HeaderMap, body: Bytes| {
            endpoint.respond(&mut handle.state(), &parameters, &headers, &body)
        };
        router = router.route(path, on(method, respond));
    }
    Ok(router)
}

/// All endpoints, and the credentials of the application and of the management API.
async fn overview(extract::State(handle): extract::State<Handle>) -> Response {
    let mut endpoints: Vec<_> = endpoints::all().iter().map(AdminEndpoint::to_json).collect();
    for (path, summary) in [
        (
            "/_sandbox/requests/live",
            "Stream the received requests as server-sent events: first those in the list, then each new one",
        ),
        ("/_sandbox/openapi.json", "Get the OpenAPI document of the API and of these endpoints"),
    ] {
        endpoints.push(json!({ "method": "GET", "path": path, "summary": summary }));
    }
    let mut overview = json!({ "appId": APP_ID, "appSecret": APP_SECRET, "endpoints": endpoints });
    add_management(&mut overview, &handle.state());
    response::json(StatusCode::OK, &overview)
}

#[cfg(feature = "management")]
fn add_management(overview: &mut Value, state: &State) {
    overview["management"] = json!({
        "url": state.management_url,
        "accessKeyId": ACCESS_KEY_ID,
        "accessKeySecret": ACCESS_KEY_SECRET,
    });
}

#[cfg(not(feature = "management"))]
fn add_management(_: &mut Value, _: &State) {}

/// An endpoint with the schema of its body.
struct ValidatedEndpoint {
    endpoint: AdminEndpoint,
    schema: Option<Schema>,
}

impl ValidatedEndpoint {
    fn new(endpoint: AdminEndpoint) -> Self {
        let schema = endpoint.schema.clone().map(|schema| Schema::new(schema, &[]));
        Self { endpoint, schema }
    }

    fn respond(&self, state: &mut State, parameters: &RawPathParams, headers: &HeaderMap, body: &Bytes) -> Response {
        let input = self.input(parameters, headers, body);
        match input.and_then(|input| (self.endpoint.handle)(state, &input)) {
            Ok(body) => response::json(StatusCode::OK, &body),
            Err(error) => {
                let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                response::json(status, &json!({ "error": error.message, "example": self.endpoint.example }))
            }
        }
    }

    /// The body and the path parameters, in one object.
    fn input(&self, parameters: &RawPathParams, headers: &HeaderMap, body: &Bytes) -> Result<Value, ApiError> {
        let mut input = json!({});
        if let Some(schema) = &self.schema {
            // Pages of other sites cannot send this content type without a CORS preflight.
            let content_type = headers.get(CONTENT_TYPE).map_or(b"".as_slice(), HeaderValue::as_bytes);
            let is_json = content_type.starts_with(b"application/json");
            let missing = || ApiError::malformed("the body is not JSON, or its content type is not application/json");
            input = is_json.then(|| serde_json::from_slice(body).ok()).flatten().ok_or_else(missing)?;
            schema.check(&input, "")?;
        }
        for (name, value) in parameters {
            input[name] = value.into();
        }
        Ok(input)
    }
}
