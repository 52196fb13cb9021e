//! Sends and checks pass codes.

use serde_json::json;

use super::request::Request;
use super::{HandlerResult, ok, ok_empty, payload};
use crate::sandbox::store::recipient::Recipient;
use crate::sandbox::store::state::State;

/// Sends a code by SMS. The sandbox has no rate limit, and the codes live as long as those in e-mails.
pub fn text(state: &mut State, request: &Request) -> HandlerResult {
    let number = payload::require_string(&request.body, "phoneNumber")?;
    send(state, request, Recipient::phone(number, request.body["phoneCountryCode"].as_str()))
}

pub fn mail(state: &mut State, request: &Request) -> HandlerResult {
    send(state, request, Recipient::email(payload::require_string(&request.body, "email")?))
}

fn send(state: &mut State, request: &Request, recipient: Recipient) -> HandlerResult {
    let (serial, now) = (state.serial(), state.now());
    state.pass_codes.send(recipient, payload::require_string(&request.body, "channel")?, serial, now);
    Ok(ok_empty())
}

/// Says whether a pass code is valid; it stays usable.
pub fn check_pass_code(state: &mut State, request: &Request) -> HandlerResult {
    let name = if request.body["codeType"] == "SMS" { "smsCodePayload" } else { "emailCodePayload" };
    let code = payload::require_object(&request.body, name)?;
    let (_, recipient) = payload::require_recipient(code)?;
    let (channel, pass_code) = (payload::require_string(code, "channel")?, payload::require_string(code, "passCode")?);
    Ok(ok(match state.pass_codes.is_valid(&recipient, channel, pass_code, state.now()) {
        true => json!({ "isValid": true }),
        false => json!({ "isValid": false, "message": "the pass code is wrong, used or expired" }),
    }))
}
