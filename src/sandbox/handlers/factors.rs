//! The second factors of a user, and their verification.

use std::time::Duration;

use serde_json::{Value, json};

use super::error::ApiError;
use super::request::Request;
use super::response::Response;
use super::{HandlerResult, ok, ok_empty, payload};
use crate::sandbox::store::application::USER_POOL_ID;
use crate::sandbox::store::factors::Factor;
use crate::sandbox::store::state::State;
use crate::sandbox::store::totp::Totp;

/// All factors of a user: those enrolled, and the phone number and e-mail address of the account.
pub fn all(state: &State, user_id: &str) -> Vec<Value> {
    let mut factors: Vec<_> = state.factors.of_user(user_id).map(Factor::to_json).collect();
    let user = state.users.get(user_id);
    if let Some(phone) = user.and_then(|user| user.phone.as_ref()).map(|phone| &phone.value) {
        let profile = json!({ "phoneNumber": phone.number, "phoneCountryCode": phone.country_code });
        factors.push(json!({ "factorId": format!("{user_id}-phone"), "factorType": "SMS", "profile": profile }));
    }
    if let Some(email) = user.and_then(|user| user.email.as_ref()).map(|email| &email.value) {
        let profile = json!({ "email": email });
        factors.push(json!({ "factorId": format!("{user_id}-email"), "factorType": "EMAIL", "profile": profile }));
    }
    factors
}

pub fn list(state: &mut State, request: &Request) -> HandlerResult {
    Ok(ok(Value::Array(all(state, &request.principal()?.user_id))))
}

pub fn get(state: &mut State, request: &Request) -> HandlerResult {
    let id = payload::require_string(&request.parameters, "factorId")?;
    let mut factors = all(state, &request.principal()?.user_id).into_iter();
    factors.find(|factor| factor["factorId"] == id).map(ok).ok_or_else(factor_not_found)
}

/// Removes an enrolled factor from the account.
pub fn remove(state: &mut State, request: &Request) -> HandlerResult {
    let id = payload::require_string(&request.body, "factorId")?;
    if state.factors.remove(&request.principal()?.user_id, id) { Ok(ok_empty()) } else { Err(factor_not_found()) }
}

/// Checks a code of the user's authenticator app.
///
/// The public documentation does not say how a sign-in continues once its second factor is verified. Here, a valid code
/// with that sign-in's MFA token lets the user's next sign-in succeed.
pub fn check_totp_code(state: &mut State, request: &Request) -> HandlerResult {
    let principal = request.principal()?;
    let totp = state.factors.totp(&principal.user_id).ok_or_else(factor_not_found)?;
    check_totp(totp, &request.body["totp"], state.now())?;
    if let (true, Some(user)) = (principal.by_mfa_token, state.users.get_mut(&principal.user_id)) {
        user.mfa_satisfied = true;
    }
    Ok(ok(json!({ "verified": true })))
}

/// Introspects an MFA token; the response has no envelope.
pub fn check_mfa_token(state: &mut State, request: &Request) -> HandlerResult {
    let token = payload::require_string(&request.body, "token")?;
    Ok(Response::Json(match state.mfa_tokens.get(token, state.now()) {
        None => json!({ "active": false }),
        Some(token) => json!({
            "active": true,
            "userPoolId": USER_POOL_ID,
            "userId": token.user_id,
            "iat": token.issued_at.as_secs(),
            "exp": token.expires_at.as_secs(),
        }),
    }))
}

/// Checks a code of an authenticator app.
pub fn check_totp(totp: &Totp, code: &Value, now: Duration) -> Result<(), ApiError> {
    match code.as_str().filter(|code| !code.is_empty()) {
        None => Err(ApiError::new(400, "the code is missing").with_api_code(6003)),
        Some(code) if totp.accepts(code, now) => Ok(()),
        Some(_) => Err(ApiError::new(400, "the code is wrong").with_api_code(6001)),
    }
}

fn factor_not_found() -> ApiError {
    ApiError::new(404, "the user has no such factor")
}
