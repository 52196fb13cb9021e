//! What every call of the API passes: faults are done to it, and it is written down.

use std::pin::pin;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequestParts, MatchedPath, RawPathParams, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::future::select;
use serde_json::{Map, Value, json};
use url::form_urlencoded;

use super::clock::iso8601;
use super::fault::{self, Fault};
use super::handle::Running;
use super::redaction;
use super::request_log::ReceivedRequest;
use super::spec::Description;

/// Lets a call through to the service, or does to it what was ordered.
pub async fn receive(State(running): State<Running>, mut head: Parts, body: Bytes, next: Next) -> Response {
    let Ok(description) = Description::get() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let document = &description.document;
    let path = head.extensions.get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let spec = &document["paths"][path.as_deref().unwrap_or_default()][head.method.as_str().to_lowercase()];
    let mut call = read(document, spec, &mut head, &body).await;
    call.path = path;
    let (time, fault) = {
        let mut state = running.state();
        (state.now(), state.faults.next(call.operation.as_deref()))
    };
    call.time = iso8601(time).as_str().into();
    call.fault = fault;

    let answer = match fault.and_then(Fault::answer) {
        Some(answer) => answer,
        None => next.run(Request::from_parts(head, Body::from(body))).await,
    };
    if fault == Some(Fault::ConnectionReset) {
        running.state().calls.add(call);
        return answer;
    }
    let (head, body) = answer.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    call.http_status = Some(head.status.as_u16());
    add_answer(spec, &mut call, &body);
    running.state().calls.add(call);
    match fault {
        Some(Fault::TruncatedBody) => fault::cut_off(head, body),
        Some(Fault::Delay(time)) => {
            select(pin!(tokio::time::sleep(time)), pin!(running.stopped())).await;
            Response::from_parts(head, Body::from(body))
        }
        _ => Response::from_parts(head, Body::from(body)),
    }
}

/// What is known of a call before its answer.
async fn read(document: &Value, spec: &Value, head: &mut Parts, body: &Bytes) -> ReceivedRequest {
    let mut request = parameters(document, spec, head).await;
    request.extend(members(document, spec, head, body));
    ReceivedRequest {
        number: 0,
        time: "".into(),
        operation: spec["operationId"].as_str().map(ToOwned::to_owned),
        method: head.method.to_string(),
        path: None,
        request: Value::Object(request),
        http_status: None,
        status_code: None,
        api_code: None,
        message: None,
        fault: None,
    }
}

/// The parameters of path and query, as they may be shown.
async fn parameters(document: &Value, spec: &Value, head: &mut Parts) -> Map<String, Value> {
    let described = spec["parameters"].as_array().into_iter().flatten();
    let properties = described.filter_map(|it| Some((it["name"].as_str()?.to_owned(), it["schema"].clone())));
    let schema = json!({ "type": "object", "properties": properties.collect::<Map<_, _>>() });
    let in_path = RawPathParams::from_request_parts(head, &()).await;
    let in_path = in_path.iter().flatten().map(|(name, value)| (name.to_owned(), value.into()));
    let query = head.uri.query().unwrap_or_default();
    let parameters = in_path.chain(form(query.as_bytes())).collect();
    into_members(redaction::shown(document, &schema, &Value::Object(parameters)))
}

/// The members of the body, as they may be shown.
fn members(document: &Value, spec: &Value, head: &Parts, body: &Bytes) -> Map<String, Value> {
    let kind = head.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let schema = &spec["requestBody"]["content"][kind]["schema"];
    let body = match kind {
        "application/x-www-form-urlencoded" => Value::Object(form(body).collect()),
        _ => serde_json::from_slice(body).unwrap_or_default(),
    };
    into_members(redaction::shown(document, schema, &body))
}

fn form(text: &[u8]) -> impl Iterator<Item = (String, Value)> {
    form_urlencoded::parse(text).map(|(name, value)| (name.into_owned(), value.into()))
}

fn into_members(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

/// What the answer says of success or failure, which may be that of a service that the API has asked.
fn add_answer(spec: &Value, call: &mut ReceivedRequest, body: &Bytes) {
    let answer: Value = serde_json::from_slice(body).unwrap_or_default();
    let upstream_response = &spec["x-genauth-upstream-response"];
    let other = |member: &str| &answer["data"][upstream_response[member].as_str().unwrap_or_default()];
    let text = |value: &Value| value.as_str().map(ToOwned::to_owned);
    call.status_code = answer["statusCode"].as_i64();
    call.api_code = answer["apiCode"].as_i64().or(other("code").as_i64());
    call.message = text(other("message")).or(text(&answer["message"]));
}
