//! The HTTP server: a route for every operation of the description.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, on};
use serde_json::{Value, json};

use super::behaviour::{self, Behaviour};
use super::request::{Operation, Refusal};
use super::state::State;

type Shared = Arc<Mutex<State>>;

/// Routes for the whole description.
pub fn router(state: Shared) -> io::Result<Router> {
    let document: Value = serde_json::from_str(crate::OPENAPI)?;
    let mut router = Router::new();
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, spec) in methods.as_object().into_iter().flatten() {
            let operation = Operation::new(&document, spec).map_err(io::Error::other)?;
            let behaviour = match spec["x-genauth-sandbox"].as_str() {
                None => behaviour::example,
                Some(name) => behaviour::named(name)
                    .ok_or_else(|| io::Error::other(format!("{path}: no behaviour is called `{name}`")))?,
            };
            let filter = method_filter(method)?;
            let (operation, state) = (Arc::new(operation), Arc::clone(&state));
            router = router.route(
                path,
                on(filter, async move |path, query, headers, body: Bytes| {
                    answer(&operation, behaviour, &state, (path, query), &headers, &body)
                }),
            );
        }
    }
    Ok(router.fallback(async move || refuse(&state, StatusCode::NOT_FOUND, (404, "no such path".to_owned()))))
}

fn method_filter(method: &str) -> io::Result<MethodFilter> {
    let method = method.to_uppercase().parse::<axum::http::Method>().map_err(io::Error::other)?;
    MethodFilter::try_from(method).map_err(io::Error::other)
}

fn answer(
    operation: &Operation,
    behaviour: Behaviour,
    state: &Mutex<State>,
    (Path(mut parameters), RawQuery(query)): (Path<HashMap<String, String>>, RawQuery),
    headers: &HeaderMap,
    body: &Bytes,
) -> Response {
    let query = query.unwrap_or_default();
    parameters.extend(url::form_urlencoded::parse(query.as_bytes()).into_owned());
    match operation.check(headers, parameters, body) {
        Ok(request) => {
            let answer = behaviour(&mut state.lock().unwrap_or_else(PoisonError::into_inner), &request);
            reply(StatusCode::OK, &answer)
        }
        Err(refusal) => refuse(state, StatusCode::OK, refusal),
    }
}

/// The service says no under HTTP 200; only a path that it does not have is a 404.
fn refuse(state: &Mutex<State>, status: StatusCode, (code, message): Refusal) -> Response {
    let serial = state.lock().unwrap_or_else(PoisonError::into_inner).serial();
    let request_id = format!("sandbox-request-{serial}");
    reply(status, &json!({ "statusCode": code, "message": message, "requestId": request_id }))
}

fn reply(status: StatusCode, body: &Value) -> Response {
    (status, [(CONTENT_TYPE, "application/json; charset=utf-8")], body.to_string()).into_response()
}
