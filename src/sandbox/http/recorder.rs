//! Middleware that injects faults and records every request of the API.

use std::pin::pin;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequestParts, MatchedPath, RawPathParams, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use futures_util::future::select;
use serde_json::{Map, Value};
use url::form_urlencoded;

use super::fault;
use super::handle::Handle;
use super::operation::{Api, Operation};
use super::redaction::redact;
use crate::sandbox::store::clock::iso8601;
use crate::sandbox::store::fault::Fault;
use crate::sandbox::store::request_log::ReceivedRequest;
use crate::spec::ResponseShape;

pub async fn record(State((handle, api)): State<(Handle, Api)>, mut head: Parts, body: Bytes, next: Next) -> Response {
    let path = head.extensions.get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let operation = path.as_deref().and_then(|path| Operation::find(api, head.method.as_str(), path));
    let mut received = ReceivedRequest {
        number: 0,
        received_at: "".into(),
        operation: operation.map(|operation| operation.spec.id.to_owned()),
        method: head.method.to_string(),
        path,
        arguments: redacted_arguments(operation, &mut head, &body).await,
        status: None,
        api_status: None,
        api_code: None,
        message: None,
        fault: None,
    };
    {
        let mut state = handle.state();
        received.received_at = iso8601(state.now()).as_str().into();
        received.fault = state.faults.next(received.operation.as_deref());
    }

    let fault = received.fault;
    let response = match fault.and_then(fault::response) {
        Some(response) => response,
        None => next.run(Request::from_parts(head, Body::from(body))).await,
    };
    if fault == Some(Fault::ConnectionReset) {
        handle.state().request_log.add(received);
        return response;
    }
    let (head, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    received.status = Some(head.status.as_u16());
    record_response(operation, &mut received, &body);
    handle.state().request_log.add(received);
    match fault {
        Some(Fault::TruncatedBody) => fault::truncate(head, body),
        Some(Fault::Delay(time)) => {
            select(pin!(tokio::time::sleep(time)), pin!(handle.shutdown())).await;
            Response::from_parts(head, Body::from(body))
        }
        _ => Response::from_parts(head, Body::from(body)),
    }
}

/// Parameters and body in one object, without secrets; empty for an unknown path, where anything may be secret.
async fn redacted_arguments(operation: Option<&Operation>, head: &mut Parts, body: &Bytes) -> Value {
    let Some(operation) = operation else { return Value::Object(Map::new()) };
    let path = RawPathParams::from_request_parts(head, &()).await;
    let path = path.iter().flatten().map(|(name, value)| (name.to_owned(), value.into()));
    let query = head.uri.query().unwrap_or_default();
    let parameters = path.chain(form_fields(query.as_bytes())).collect();
    let mut request = into_members(redact(&operation.schemas().parameters, &Value::Object(parameters)));
    request.extend(redacted_body(operation, head, body));
    Value::Object(request)
}

fn redacted_body(operation: &Operation, head: &Parts, body: &Bytes) -> Map<String, Value> {
    let content_type = head.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    let Some(schema) = &operation.schemas().body else { return Map::new() };
    if operation.spec.body.is_none_or(|body| body.media_type != media_type) {
        return Map::new();
    }
    let body = match media_type {
        "application/x-www-form-urlencoded" => Value::Object(form_fields(body).collect()),
        _ => serde_json::from_slice(body).unwrap_or_default(),
    };
    into_members(redact(schema, &body))
}

fn form_fields(form: &[u8]) -> impl Iterator<Item = (String, Value)> {
    form_urlencoded::parse(form).map(|(name, value)| (name.into_owned(), value.into()))
}

fn into_members(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

/// Records status, code and message, which may be those of an upstream service.
fn record_response(operation: Option<&Operation>, received: &mut ReceivedRequest, body: &Bytes) {
    let response: Value = serde_json::from_slice(body).unwrap_or_default();
    received.api_status = response["statusCode"].as_i64();
    received.api_code = response["apiCode"].as_i64();
    received.message = response["message"].as_str().map(ToOwned::to_owned);
    if let Some(ResponseShape::UpstreamResponse(upstream)) = operation.map(|it| it.spec.response.shape) {
        let data = &response["data"];
        received.api_code = received.api_code.or(data[upstream.code].as_i64());
        received.message = data[upstream.message].as_str().map(ToOwned::to_owned).or(received.message.take());
    }
}
