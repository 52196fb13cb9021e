//! A route for every operation of the API.

use std::io;

use axum::Router;
use axum::body::Bytes;
use axum::extract::Path;
#[cfg(feature = "events")]
use axum::extract::RawQuery;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, get, on};

#[cfg(feature = "management")]
use super::access_key;
use super::handle::Handle;
use super::operation::{Api, Operation};
use super::recorder;
use super::validation::{is_form, validate};
use crate::sandbox::handlers::error::ApiError;
use crate::sandbox::store::state::State;
use crate::spec::OperationKind;

pub fn router(handle: Handle, api: Api) -> io::Result<Router> {
    let mut router = Router::new();
    Operation::all(api)?;
    for operation in Operation::served(api) {
        let route = match operation.spec.kind {
            OperationKind::Call | OperationKind::UrlOnly => route(operation, operation.spec.method, handle.clone())?,
            OperationKind::WebSocket => websocket_route(operation, handle.clone()),
        };
        router = router.route(operation.spec.path, route);
        for (method, path) in operation.spec.sandbox_routes {
            router = router.route(path, self::route(operation, method, handle.clone())?);
        }
    }
    let record = from_fn_with_state((handle.clone(), api), recorder::record);
    let not_found = async move || {
        ApiError::new(404, "no operation has this path").into_envelope(StatusCode::NOT_FOUND, &mut handle.state())
    };
    Ok(router.fallback(not_found).layer(record))
}

pub fn method_filter(method: &str) -> io::Result<MethodFilter> {
    let method = method.parse::<Method>().map_err(io::Error::other)?;
    MethodFilter::try_from(method).map_err(io::Error::other)
}

fn route(operation: &'static Operation, method: &str, handle: Handle) -> io::Result<MethodRouter> {
    let respond =
        async move |path, head: Parts, body: Bytes| respond(operation, &mut handle.state(), path, &head, &body);
    Ok(on(method_filter(method)?, respond))
}

#[cfg(feature = "events")]
fn websocket_route(operation: &'static Operation, handle: Handle) -> MethodRouter {
    get(async move |RawQuery(query), head: Parts, upgrade| {
        let parameters = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect();
        super::websocket::subscribe(operation, handle, &parameters, &head, upgrade)
    })
}

#[cfg(not(feature = "events"))]
fn websocket_route(_: &'static Operation, handle: Handle) -> MethodRouter {
    get(async move || {
        let error = ApiError::new(501, "the feature `events` is not enabled");
        error.into_envelope(StatusCode::NOT_IMPLEMENTED, &mut handle.state())
    })
}

fn respond(
    operation: &'static Operation,
    state: &mut State,
    Path(mut parameters): Path<Vec<(String, String)>>,
    head: &Parts,
    body: &Bytes,
) -> Response {
    let query = head.uri.query().unwrap_or_default();
    parameters.extend(url::form_urlencoded::parse(query.as_bytes()).into_owned());
    if operation.spec.body.is_none() && is_form(&head.headers) {
        // OpenID Connect lets clients send parameters by POST, too.
        parameters.extend(url::form_urlencoded::parse(body).into_owned());
    }
    #[cfg(feature = "management")]
    if let Err(error) = access_key::authenticate(operation.spec, head, body, state) {
        return error.into_response(operation.spec.error_format, state);
    }
    let request = validate(operation, &head.headers, parameters, body, state);
    match request.and_then(|request| (operation.handler.handle)(state, &request)) {
        Ok(response) => response.into_response(),
        Err(error) => error.into_response(operation.spec.error_format, state),
    }
}
