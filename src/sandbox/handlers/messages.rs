//! Sending pass codes, and looking at them.

use serde_json::json;

use super::{Outcome, done, payload, with_data};
use crate::sandbox::recipient::Address;
use crate::sandbox::state::State;
use crate::sandbox::validation::Request;

/// Texts a code. The sandbox sends as often as it is asked to, and every code lives as long as a mailed one.
pub fn text_code(state: &mut State, request: &Request) -> Outcome {
    let country_code = request.body["phoneCountryCode"].as_str();
    send(state, request, Address::phone(payload::text(&request.body, "phoneNumber")?, country_code))
}

/// Mails a code.
pub fn mail_code(state: &mut State, request: &Request) -> Outcome {
    send(state, request, Address::email(payload::text(&request.body, "email")?))
}

fn send(state: &mut State, request: &Request, address: Address) -> Outcome {
    let (serial, now) = (state.serial(), state.now());
    state.pass_codes.send(address, payload::text(&request.body, "channel")?, serial, now);
    Ok(done())
}

/// Says whether a code is good, without using it up.
pub fn check_code(state: &mut State, request: &Request) -> Outcome {
    let name = if request.body["codeType"] == "SMS" { "smsCodePayload" } else { "emailCodePayload" };
    let code = payload::object(&request.body, name)?;
    let (_, address) = payload::address(code)?;
    let (channel, text) = (payload::text(code, "channel")?, payload::text(code, "passCode")?);
    Ok(with_data(match state.pass_codes.is_good(&address, channel, text, state.now()) {
        true => json!({ "isValid": true }),
        false => json!({ "isValid": false, "message": "the code is wrong, used or expired" }),
    }))
}
