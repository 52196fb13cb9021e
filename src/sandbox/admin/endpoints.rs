//! The admin endpoints, one for each method of [`Sandbox`](crate::sandbox::Sandbox) that controls it.

use std::time::Duration;

use serde_json::{Value, json};

use crate::sandbox::handlers::error::ApiError;
use crate::sandbox::http::operation::Operation;
use crate::sandbox::idp::tokens;
use crate::sandbox::store::clock::iso8601;
use crate::sandbox::store::fault::Fault;
use crate::sandbox::store::state::State;

type EndpointResult = Result<Value, ApiError>;

pub struct AdminEndpoint {
    /// The operationId.
    pub id: &'static str,
    pub method: &'static str,
    pub path: &'static str,
    pub summary: &'static str,
    /// The schema of the body, if there is one.
    pub schema: Option<Value>,
    /// A valid body, or a value for each path parameter.
    pub example: Value,
    /// Builds the response from the body and the path parameters, in one object.
    pub handle: fn(&mut State, &Value) -> EndpointResult,
}

impl AdminEndpoint {
    /// The entry in the list of endpoints.
    pub fn to_json(&self) -> Value {
        let mut json = json!({ "method": self.method, "path": self.path, "summary": self.summary });
        if !self.example.is_null() {
            json["example"] = self.example.clone();
        }
        json
    }
}

pub fn all() -> Vec<AdminEndpoint> {
    vec![
        AdminEndpoint {
            id: "issue_phone_code",
            method: "POST",
            path: "/_sandbox/phone-codes",
            summary: "Issue a code of WeChat's phone button; it works once, within five minutes",
            schema: Some(object(
                &["phoneNumber"],
                json!({
                    "phoneNumber": { "type": "string", "minLength": 1, "description": "The phone number of the code" },
                }),
            )),
            example: json!({ "phoneNumber": "+8618812348888" }),
            handle: |state, input| Ok(json!({ "code": state.issue_phone_code(string(input, "phoneNumber")) })),
        },
        AdminEndpoint {
            id: "issue_access_token",
            method: "POST",
            path: "/_sandbox/access-tokens",
            summary: "Issue an access token to the test user, in a new session; it is valid for two hours",
            schema: None,
            example: Value::Null,
            handle: |state, _| Ok(json!({ "accessToken": tokens::issue_to_default_user(state) })),
        },
        AdminEndpoint {
            id: "get_pass_code",
            method: "GET",
            path: "/_sandbox/pass-codes/{recipient}",
            summary: "Get the last pass code that was sent to a phone number or e-mail address",
            schema: None,
            example: json!({ "recipient": "18812348888" }),
            handle: |state, input| match state.last_pass_code(string(input, "recipient")) {
                Some(code) => Ok(json!({ "passCode": code })),
                None => Err(ApiError::new(404, "no pass code was sent to this recipient")),
            },
        },
        AdminEndpoint {
            id: "get_totp_code",
            method: "POST",
            path: "/_sandbox/totp-codes",
            summary: "Get the current code of an authenticator app with this secret",
            schema: Some(object(
                &["secret"],
                json!({
                    "secret": { "type": "string", "description": "The secret in Base32, or an otpauth: URI with it" },
                }),
            )),
            example: json!({ "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" }),
            handle: |state, input| match state.totp_code(string(input, "secret")) {
                Some(code) => Ok(json!({ "code": code })),
                None => Err(ApiError::malformed("secret: neither Base32 nor an otpauth: URI")),
            },
        },
        AdminEndpoint {
            id: "make_client_public",
            method: "POST",
            path: "/_sandbox/public-client",
            summary: "Make the application a public client, without a secret",
            schema: None,
            example: Value::Null,
            handle: |state, _| {
                state.is_public_client = true;
                Ok(json!({}))
            },
        },
        AdminEndpoint {
            id: "advance_clock",
            method: "POST",
            path: "/_sandbox/clock",
            summary: "Advance the sandbox's clock",
            schema: Some(object(&["seconds"], json!({ "seconds": seconds_schema("The time to advance, in seconds") }))),
            example: json!({ "seconds": 301 }),
            handle: |state, input| {
                state.advance_clock(duration(input)?);
                Ok(json!({ "now": iso8601(state.now()) }))
            },
        },
        AdminEndpoint {
            id: "inject_fault",
            method: "POST",
            path: "/_sandbox/faults",
            summary: "Inject a fault into the next requests",
            schema: Some(object(
                &["fault"],
                json!({
                    "fault": { "type": "string", "enum": Fault::NAMES, "description": "What goes wrong" },
                    "seconds": seconds_schema("The delay or `Retry-After`; required for `delay` and `throttled`"),
                    "requests": { "type": "integer", "minimum": 1, "description": "The number of requests; 1 if absent" },
                    "operation": { "type": "string", "description": "The operationId; any operation if absent" },
                }),
            )),
            example: json!({ "fault": "delay", "seconds": 2, "requests": 1 }),
            handle: inject_fault,
        },
        AdminEndpoint {
            id: "clear_faults",
            method: "DELETE",
            path: "/_sandbox/faults",
            summary: "Clear the faults that have not occurred yet",
            schema: None,
            example: Value::Null,
            handle: |state, _| {
                state.faults.clear();
                Ok(json!({}))
            },
        },
        AdminEndpoint {
            id: "list_requests",
            method: "GET",
            path: "/_sandbox/requests",
            summary: "List the last 1,000 requests that the sandbox has received, the newest first, without secrets",
            schema: None,
            example: Value::Null,
            handle: |state, _| Ok(state.request_log.iter().rev().map(|request| json!(request)).collect()),
        },
    ]
}

fn inject_fault(state: &mut State, input: &Value) -> EndpointResult {
    let name = string(input, "fault");
    let has_duration = matches!(name, "delay" | "throttled");
    let duration = if has_duration { duration(input)? } else { Duration::ZERO };
    let requests = input["requests"].as_u64().unwrap_or(1);
    let operation = input["operation"].as_str();
    if operation.is_some_and(|id| !Operation::exists(id)) {
        return Err(ApiError::malformed("operation: no operation has this operationId"));
    }
    let fault = Fault::from_name(name, duration).ok_or_else(|| ApiError::malformed("fault: unknown"))?;
    state.faults.inject(fault, usize::try_from(requests).unwrap_or(usize::MAX), operation);
    Ok(json!({}))
}

fn object(required: &[&str], properties: Value) -> Value {
    json!({ "type": "object", "required": required, "properties": properties, "additionalProperties": false })
}

fn seconds_schema(description: &str) -> Value {
    json!({ "type": "number", "minimum": 0, "description": description })
}

fn string<'a>(input: &'a Value, name: &str) -> &'a str {
    input[name].as_str().unwrap_or_default()
}

fn duration(input: &Value) -> Result<Duration, ApiError> {
    let seconds = input["seconds"].as_f64().ok_or_else(|| ApiError::malformed("seconds: missing"))?;
    Duration::try_from_secs_f64(seconds).map_err(|_| ApiError::malformed("seconds: too large"))
}
