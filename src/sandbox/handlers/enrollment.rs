//! Enrollment of a second factor, in two steps.

use serde_json::json;

use super::error::ApiError;
use super::request::Request;
use super::{HandlerResult, factors, ok, ok_empty, payload, qr_code};
use crate::sandbox::store::factors::{Factor, FactorKind};
use crate::sandbox::store::recipient::Recipient;
use crate::sandbox::store::state::State;
use crate::sandbox::store::totp::Totp;

/// The API's names of all kinds of factors.
const KINDS: [&str; 4] = ["OTP", "SMS", "EMAIL", "FACE"];
/// The channel of pass codes for enrollment.
const CHANNEL: &str = "CHANNEL_BIND_MFA";

/// The kinds of factors that the user has not enrolled.
pub fn list_available(state: &mut State, request: &Request) -> HandlerResult {
    let enrolled = factors::all(state, &request.principal()?.user_id);
    let available = KINDS.iter().filter(|kind| enrolled.iter().all(|factor| factor["factorType"] != **kind));
    Ok(ok(available.map(|kind| json!({ "factorType": kind })).collect()))
}

/// Sends a pass code, or creates the secret of an authenticator app.
pub fn start(state: &mut State, request: &Request) -> HandlerResult {
    let user_id = request.principal()?.user_id.clone();
    let profile = &request.body["profile"];
    let now = state.now();
    let mut data = json!({});
    let kind = match payload::require_string(&request.body, "factorType")? {
        "OTP" if state.factors.totp(&user_id).is_some() => {
            return Err(ApiError::new(409, "the user has an authenticator app already"));
        }
        "OTP" => {
            let totp = Totp::new(state.serial());
            data["otpData"] = request.example_data()["otpData"].take();
            let account = state.users.get(&user_id).map_or("user", |user| user.account_name());
            let uri = totp.uri(account);
            data["otpData"]["qrCodeDataUrl"] = qr_code::data_url(&uri)?.into();
            data["otpData"]["qrCodeUri"] = uri.into();
            FactorKind::Totp(totp)
        }
        "FACE" => FactorKind::Face,
        "SMS" => {
            let number = payload::require_string(profile, "phoneNumber")?;
            FactorKind::Sms(Recipient::phone(number, profile["phoneCountryCode"].as_str()))
        }
        _ => FactorKind::Email(Recipient::email(payload::require_string(profile, "email")?)),
    };
    if let FactorKind::Sms(recipient) | FactorKind::Email(recipient) = &kind {
        let serial = state.serial();
        state.pass_codes.send(recipient.clone(), CHANNEL, serial, now);
    }
    let token = state.token("enrollment-token");
    data["enrollmentToken"] = token.clone().into();
    let factor = Factor { id: state.id(), user_id, kind, profile: profile.clone() };
    state.factors.start_enrollment(token, factor, now);
    Ok(ok(data))
}

/// Checks the user's pass code or photo, and adds the factor.
pub fn complete(state: &mut State, request: &Request) -> HandlerResult {
    let body = &request.body;
    let token = payload::require_string(body, "enrollmentToken")?;
    let kind = payload::require_string(body, "factorType")?;
    let now = state.now();
    let factor = state.factors.pending(token, &request.principal()?.user_id, kind, now);
    let factor = factor.ok_or_else(|| ApiError::new(400, "the enrollment token is wrong or expired"))?;
    let proof = &body["enrollmentData"];
    match &factor.kind {
        FactorKind::Totp(totp) => factors::check_totp(totp, &proof["passCode"], now)?,
        FactorKind::Face if proof["photo"].is_string() => {}
        FactorKind::Face => return Err(ApiError::new(400, "the photo is missing").with_api_code(1700)),
        FactorKind::Sms(recipient) | FactorKind::Email(recipient) => {
            let recipient = recipient.clone();
            payload::use_pass_code(state, &recipient, CHANNEL, &proof["passCode"])?;
        }
    }
    state.factors.complete_enrollment(token);
    Ok(ok_empty())
}
