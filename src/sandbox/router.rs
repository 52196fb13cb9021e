//! The HTTP server: a route for every operation of the description.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, get, on};
use serde_json::Value;

use super::error::Refusal;
use super::handle::Running;
use super::handlers::Behaviour;
use super::spec::Description;
use super::state::State;
use super::validation::{Operation, Refusals};
#[cfg(feature = "events")]
use super::websocket::subscribe;

/// Routes for the whole description.
pub fn router(running: Running) -> io::Result<Router> {
    let document = &Description::get()?.document;
    let mut router = Router::new();
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, spec) in methods.as_object().into_iter().flatten() {
            let behaviour = match spec["x-genauth-sandbox"].as_str() {
                None => Behaviour::EXAMPLE,
                Some(name) => Behaviour::named(name)
                    .ok_or_else(|| io::Error::other(format!("{path}: no behaviour is called `{name}`")))?,
            };
            if spec.get("x-genauth-websocket").is_some() {
                router = router.route(path, socket(running.clone()));
                continue;
            }
            let operation = Arc::new(Operation::new(document, path, method, behaviour.takes_mfa_token));
            let running = running.clone();
            router = router.route(
                path,
                on(method_filter(method)?, async move |path, query, headers, body: Bytes| {
                    answer(&operation, behaviour, &mut running.state(), (path, query), &headers, &body)
                }),
            );
        }
    }
    Ok(router.fallback(async move || {
        refuse(&mut running.state(), StatusCode::NOT_FOUND, &Refusal::new(404, "no such path"))
    }))
}

/// Opens lines over which events come.
#[cfg(feature = "events")]
fn socket(running: Running) -> MethodRouter {
    get(async move |RawQuery(query), upgrade| {
        let parameters = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect();
        subscribe(running, &parameters, upgrade)
    })
}

#[cfg(not(feature = "events"))]
fn socket(running: Running) -> MethodRouter {
    get(async move || {
        refuse(&mut running.state(), StatusCode::NOT_IMPLEMENTED, &Refusal::new(501, "the feature `events` is off"))
    })
}

pub fn method_filter(method: &str) -> io::Result<MethodFilter> {
    let method = method.to_uppercase().parse::<axum::http::Method>().map_err(io::Error::other)?;
    MethodFilter::try_from(method).map_err(io::Error::other)
}

fn answer(
    operation: &Operation,
    behaviour: Behaviour,
    state: &mut State,
    (Path(mut parameters), RawQuery(query)): (Path<HashMap<String, String>>, RawQuery),
    headers: &HeaderMap,
    body: &Bytes,
) -> Response {
    let query = query.unwrap_or_default();
    parameters.extend(url::form_urlencoded::parse(query.as_bytes()).into_owned());
    let request = operation.check(headers, parameters, body, state);
    match request.and_then(|request| (behaviour.answer)(state, &request)) {
        Ok(answer) => answer.into_response(),
        Err(refusal) => match operation.refusals {
            Refusals::Envelope => refuse(state, StatusCode::OK, &refusal),
            Refusals::Oauth => refusal.into_oauth_response(),
            Refusals::Page => refusal.into_page(),
        },
    }
}

/// The service says no under HTTP 200, but for a path that it does not have, and a line that it does not open.
pub fn refuse(state: &mut State, status: StatusCode, refusal: &Refusal) -> Response {
    let request_id = state.token("request");
    reply(status, &refusal.to_json(request_id))
}

pub fn reply(status: StatusCode, body: &Value) -> Response {
    // Tokens are among the answers, which OAuth 2.0 wants to be in no cache.
    let headers = [(CONTENT_TYPE, "application/json; charset=utf-8"), (CACHE_CONTROL, "no-store")];
    (status, headers, body.to_string()).into_response()
}
