//! The commands, one for each function of [`Sandbox`](crate::sandbox::Sandbox) that steers it.

use std::time::Duration;

use serde_json::{Value, json};

use crate::sandbox::clock::iso8601;
use crate::sandbox::error::Refusal;
use crate::sandbox::fault::Fault;
use crate::sandbox::spec::Description;
use crate::sandbox::state::State;

type Outcome = Result<Value, Refusal>;

pub struct Command {
    /// Its operationId.
    pub id: &'static str,
    pub method: &'static str,
    pub path: &'static str,
    /// What it does, in a sentence.
    pub does: &'static str,
    /// The schema of its body, if it takes one.
    pub schema: Option<Value>,
    /// A body, or the value of the path's parameter, that does something.
    pub example: Value,
    /// Makes the answer from the body and the path's parameter, in one object.
    pub run: fn(&mut State, &Value) -> Outcome,
}

impl Command {
    /// As the list of controls has it.
    pub fn to_json(&self) -> Value {
        let mut json = json!({ "method": self.method, "path": self.path, "does": self.does });
        if !self.example.is_null() {
            json["example"] = self.example.clone();
        }
        json
    }
}

pub fn all() -> Vec<Command> {
    let seconds = json!({ "type": "number", "minimum": 0, "description": "How long" });
    vec![
        Command {
            id: "issue_phone_code",
            method: "POST",
            path: "/_sandbox/phone-codes",
            does: "Issues a code such as WeChat's phone button hands out; it works once, within five minutes",
            schema: Some(object(
                &["phoneNumber"],
                json!({
                    "phoneNumber": { "type": "string", "minLength": 1, "description": "The number that the code stands for" },
                }),
            )),
            example: json!({ "phoneNumber": "+8618812348888" }),
            run: |state, input| Ok(json!({ "code": state.issue_phone_code(text(input, "phoneNumber")) })),
        },
        Command {
            id: "issue_access_token",
            method: "POST",
            path: "/_sandbox/access-tokens",
            does: "Signs in a user who is there from the start; the access token lives for two hours",
            schema: None,
            example: Value::Null,
            run: |state, _| Ok(json!({ "accessToken": state.issue_access_token() })),
        },
        Command {
            id: "read_pass_code",
            method: "GET",
            path: "/_sandbox/pass-codes/{to}",
            does: "Reads the pass code that was sent last to a phone number or an e-mail address",
            schema: None,
            example: json!({ "to": "18812348888" }),
            run: |state, input| match state.pass_code(text(input, "to")) {
                Some(code) => Ok(json!({ "passCode": code })),
                None => Err(Refusal::new(404, "no pass code was sent there")),
            },
        },
        Command {
            id: "show_totp_code",
            method: "POST",
            path: "/_sandbox/totp-codes",
            does: "Shows what an authenticator app with this secret shows now",
            schema: Some(object(
                &["secret"],
                json!({
                    "secret": { "type": "string", "description": "The secret in Base32, or the otpauth: address that has it" },
                }),
            )),
            example: json!({ "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" }),
            run: |state, input| match state.totp_code(text(input, "secret")) {
                Some(code) => Ok(json!({ "code": code })),
                None => Err(Refusal::malformed("secret: neither Base32 nor an otpauth: address")),
            },
        },
        Command {
            id: "advance_clock",
            method: "POST",
            path: "/_sandbox/clock",
            does: "Lets the sandbox's clock jump ahead by so many seconds",
            schema: Some(object(&["seconds"], json!({ "seconds": seconds }))),
            example: json!({ "seconds": 301 }),
            run: |state, input| {
                state.clock.advance(time(input)?);
                Ok(json!({ "now": iso8601(state.now()) }))
            },
        },
        Command {
            id: "inject_fault",
            method: "POST",
            path: "/_sandbox/faults",
            does: "Orders something to go wrong with the next calls: one unless `calls` says how many, and of any \
                   operation unless `operation` names one. `delay` and `throttled` take `seconds`",
            schema: Some(object(
                &["fault"],
                json!({
                    "fault": { "type": "string", "enum": Fault::NAMES, "description": "What goes wrong" },
                    "seconds": seconds,
                    "calls": { "type": "integer", "minimum": 1, "description": "With how many calls" },
                    "operation": { "type": "string", "description": "With calls of which operation" },
                }),
            )),
            example: json!({ "fault": "delay", "seconds": 2, "calls": 1 }),
            run: inject_fault,
        },
        Command {
            id: "clear_faults",
            method: "DELETE",
            path: "/_sandbox/faults",
            does: "Takes back all faults that were ordered",
            schema: None,
            example: Value::Null,
            run: |state, _| {
                state.faults.clear();
                Ok(json!({}))
            },
        },
        Command {
            id: "list_calls",
            method: "GET",
            path: "/_sandbox/requests",
            does: "Lists the last 1,000 calls that the sandbox has received, the newest first, without their secrets",
            schema: None,
            example: Value::Null,
            run: |state, _| Ok(state.calls.iter().rev().map(|call| json!(call)).collect()),
        },
    ]
}

fn inject_fault(state: &mut State, input: &Value) -> Outcome {
    let name = text(input, "fault");
    let has_time = matches!(name, "delay" | "throttled");
    let time = if has_time { time(input)? } else { Duration::ZERO };
    let calls = input["calls"].as_u64().unwrap_or(1);
    let operation = input["operation"].as_str();
    if operation.is_some_and(|operation| !is_operation(operation)) {
        return Err(Refusal::malformed("operation: the API has none of this name"));
    }
    let fault = Fault::named(name, time).ok_or_else(|| Refusal::malformed("fault: unknown"))?;
    state.faults.order(fault, usize::try_from(calls).unwrap_or(usize::MAX), operation);
    Ok(json!({}))
}

fn is_operation(id: &str) -> bool {
    let paths = Description::get().ok().and_then(|description| description.document["paths"].as_object());
    let methods = paths.into_iter().flatten().filter_map(|(_, methods)| methods.as_object());
    methods.flatten().any(|(_, operation)| operation["operationId"] == id)
}

fn object(required: &[&str], properties: Value) -> Value {
    json!({ "type": "object", "required": required, "properties": properties, "additionalProperties": false })
}

fn text<'a>(input: &'a Value, name: &str) -> &'a str {
    input[name].as_str().unwrap_or_default()
}

fn time(input: &Value) -> Result<Duration, Refusal> {
    let seconds = input["seconds"].as_f64().ok_or_else(|| Refusal::malformed("seconds: missing"))?;
    Duration::try_from_secs_f64(seconds).map_err(|_| Refusal::malformed("seconds: too many"))
}
