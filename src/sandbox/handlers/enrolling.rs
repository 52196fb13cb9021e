//! Adding a second factor, in two steps.

use serde_json::{Value, json};

use super::{Outcome, done, factors, payload, with_data};
use crate::sandbox::error::Refusal;
use crate::sandbox::factors::{Factor, Kind};
use crate::sandbox::recipient::Address;
use crate::sandbox::state::State;
use crate::sandbox::totp::Totp;
use crate::sandbox::validation::Request;

/// Every kind of factor, by the API's names.
const KINDS: [&str; 4] = ["OTP", "SMS", "EMAIL", "FACE"];
/// What the pass codes for enrolling are sent for.
const CHANNEL: &str = "CHANNEL_BIND_MFA";

/// The kinds of factor that the user does not have yet.
pub fn missing(state: &mut State, request: &Request) -> Outcome {
    let had = factors::all(state, &request.caller()?.user_id);
    let missing = KINDS.iter().filter(|kind| had.iter().all(|factor| factor["factorType"] != **kind));
    Ok(with_data(missing.map(|kind| json!({ "factorType": kind })).collect()))
}

/// Sends a code, or makes the secret of an authenticator app.
pub fn begin(state: &mut State, request: &Request) -> Outcome {
    let user_id = request.caller()?.user_id.clone();
    let profile = &request.body["profile"];
    let now = state.now();
    let mut data = json!({});
    let kind = match payload::text(&request.body, "factorType")? {
        "OTP" if state.factors.totp(&user_id).is_some() => {
            return Err(Refusal::new(409, "an authenticator app is enrolled already"));
        }
        "OTP" => {
            let totp = Totp::new(state.serial());
            data["otpData"] = request.example.data()["otpData"].clone();
            let account = state.users.get(&user_id).map_or("user", |user| user.account());
            data["otpData"]["qrCodeUri"] = totp.address(account).into();
            Kind::Totp(totp)
        }
        "FACE" => Kind::Face,
        "SMS" => {
            let number = payload::text(profile, "phoneNumber")?;
            Kind::Sms(Address::phone(number, profile["phoneCountryCode"].as_str()))
        }
        _ => Kind::Email(Address::email(payload::text(profile, "email")?)),
    };
    if let Kind::Sms(address) | Kind::Email(address) = &kind {
        let serial = state.serial();
        state.pass_codes.send(address.clone(), CHANNEL, serial, now);
    }
    let token = state.token("enrollment-token");
    data["enrollmentToken"] = token.clone().into();
    let factor = Factor { id: state.id(), user_id, kind, profile: profile.clone() };
    state.factors.begin(token, factor, now);
    Ok(with_data(data))
}

/// Checks the proof, and adds the factor.
pub fn finish(state: &mut State, request: &Request) -> Outcome {
    let body = &request.body;
    let (token, kind) = (payload::text(body, "enrollmentToken")?, payload::text(body, "factorType")?);
    let now = state.now();
    let begun = state.factors.begun(token, &request.caller()?.user_id, kind, now);
    let factor = begun.ok_or_else(|| Refusal::new(400, "the enrollment token is not valid, or no longer"))?;
    let proof = &body["enrollmentData"];
    match &factor.kind {
        Kind::Totp(totp) => check_totp(totp, &proof["passCode"], now)?,
        Kind::Face if proof["photo"].is_string() => {}
        Kind::Face => return Err(Refusal::new(400, "the photo is missing").api_code(1700)),
        Kind::Sms(address) | Kind::Email(address) => {
            let address = address.clone();
            payload::take_pass_code(state, &address, CHANNEL, &proof["passCode"])?;
        }
    }
    state.factors.finish(token);
    Ok(done())
}

/// Checks a code of an authenticator app.
pub fn check_totp(totp: &Totp, code: &Value, now: std::time::Duration) -> Result<(), Refusal> {
    match code.as_str().filter(|code| !code.is_empty()) {
        None => Err(Refusal::new(400, "the code is missing").api_code(6003)),
        Some(code) if totp.accepts(code, now) => Ok(()),
        Some(_) => Err(Refusal::new(400, "the code is wrong").api_code(6001)),
    }
}
