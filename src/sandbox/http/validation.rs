//! Validates requests against the OpenAPI document.

use axum::http::HeaderMap;
use axum::http::header::{CONTENT_TYPE, COOKIE};
use serde_json::{Map, Value};

use super::operation::Operation;
use super::{auth, form};
use crate::sandbox::handlers::error::ApiError;
use crate::sandbox::handlers::request::Request;
use crate::sandbox::idp::login;
use crate::sandbox::store::state::State;
use crate::spec::{ErrorFormat, OperationSpec, ValueKind};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// Checks credentials, parameters and body.
pub fn validate(
    operation: &'static Operation,
    headers: &HeaderMap,
    parameters: Vec<(String, String)>,
    body: &[u8],
    state: &State,
) -> Result<Request, ApiError> {
    let spec = operation.spec;
    let media_type = spec.body.map_or(JSON, |body| body.media_type);
    let body = decode(media_type, headers, body)?;
    let credentials = body.as_ref().unwrap_or(&Value::Null);
    let parameters = typed(spec, parameters);
    let principal = auth::authenticate(operation, headers, credentials, &parameters, state)?;
    let client = auth::authenticate_client(operation, headers, credentials, state)?;
    let body = check_body(operation, media_type, body)?;
    let parameter_check = operation.schemas().parameters.check(&parameters, "parameter ");
    if spec.error_format != ErrorFormat::Page && !operation.handler.checks_parameters {
        parameter_check.clone()?;
    }
    let cookie = cookie(headers, &login::cookie_name(state));
    Ok(Request {
        operation: spec,
        parameters,
        parameter_check,
        body,
        client,
        browser_session: cookie.as_ref().and_then(|cookie| login::browser_session(state, cookie)).cloned(),
        cookie,
        principal,
    })
}

/// The body, if it is of the operation's media type.
fn decode(media_type: &str, headers: &HeaderMap, body: &[u8]) -> Result<Option<Value>, ApiError> {
    match headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(media_type.as_bytes())) {
        true if media_type == FORM => form::decode(body).map(Some),
        true => Ok(serde_json::from_slice(body).ok()),
        false => Ok(None),
    }
}

fn check_body(operation: &Operation, media_type: &str, body: Option<Value>) -> Result<Value, ApiError> {
    let Some(schema) = &operation.schemas().body else { return Ok(Value::Null) };
    let kind = if media_type == FORM { "a form" } else { "JSON" };
    let missing = || ApiError::malformed(format!("the body is not {kind}, or its content type is not {media_type}"));
    let body = body.ok_or_else(missing)?;
    schema.check(&body, "").map_err(|error| match &body["grant_type"] {
        Value::String(_) if error.message.starts_with("grant_type:") => {
            ApiError::oauth("unsupported_grant_type", &error.message)
        }
        _ => error,
    })?;
    Ok(body)
}

/// Whether the body is a form.
pub fn is_form(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(FORM.as_bytes()))
}

/// Parses parameters into the types of their schemas, as far as possible. An array is sent as several of one name.
fn typed(spec: &OperationSpec, parameters: Vec<(String, String)>) -> Value {
    let mut typed = Map::new();
    for (name, value) in parameters {
        let kind = spec.parameters.iter().find(|parameter| parameter.name == name).map(|it| it.value);
        let parsed = match kind {
            None | Some(ValueKind::String | ValueKind::Secret | ValueKind::Enum(_) | ValueKind::StringList) => None,
            Some(ValueKind::Boolean) => value.to_ascii_lowercase().parse().ok().map(Value::Bool),
            Some(_) => serde_json::from_str(&value).ok(),
        };
        let value = parsed.unwrap_or(Value::String(value));
        match (kind, typed.get_mut(&name)) {
            (Some(ValueKind::StringList | ValueKind::Json), Some(Value::Array(items))) => items.push(value),
            (Some(ValueKind::StringList | ValueKind::Json), _) => drop(typed.insert(name, Value::Array(vec![value]))),
            _ => drop(typed.insert(name, value)),
        }
    }
    Value::Object(typed)
}

/// The value of a cookie.
fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|header| header.to_str().ok());
    let mut pairs = cookies.flat_map(|header| header.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}
