//! The second factors that a user has, and using them.

use serde_json::{Value, json};

use super::enrolling::check_totp;
use super::{Outcome, done, payload, with_data};
use crate::sandbox::application::USER_POOL_ID;
use crate::sandbox::error::Refusal;
use crate::sandbox::factors::Factor;
use crate::sandbox::response::Answer;
use crate::sandbox::state::State;
use crate::sandbox::validation::Request;

/// The factors that a user has: those enrolled, and the phone number and e-mail address of the account.
pub fn all(state: &State, user_id: &str) -> Vec<Value> {
    let mut factors: Vec<_> = state.factors.of(user_id).map(Factor::to_json).collect();
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

pub fn list(state: &mut State, request: &Request) -> Outcome {
    Ok(with_data(Value::Array(all(state, &request.caller()?.user_id))))
}

pub fn show(state: &mut State, request: &Request) -> Outcome {
    let id = payload::text(&request.parameters, "factorId")?;
    let mut factors = all(state, &request.caller()?.user_id).into_iter();
    factors.find(|factor| factor["factorId"] == id).map(with_data).ok_or_else(no_such_factor)
}

/// Takes an enrolled factor off the account.
pub fn remove(state: &mut State, request: &Request) -> Outcome {
    let id = payload::text(&request.body, "factorId")?;
    if state.factors.remove(&request.caller()?.user_id, id) { Ok(done()) } else { Err(no_such_factor()) }
}

/// Checks a code of the user's authenticator app.
///
/// The public documentation leaves open how a sign-in goes on that has asked for a second factor. Here, the right
/// code under that sign-in's token lets the user's next sign-in through.
pub fn check_totp_code(state: &mut State, request: &Request) -> Outcome {
    let caller = request.caller()?;
    let totp = state.factors.totp(&caller.user_id).ok_or_else(no_such_factor)?;
    check_totp(totp, &request.body["totp"], state.now())?;
    if let (true, Some(user)) = (caller.by_mfa_token, state.users.get_mut(&caller.user_id)) {
        user.second_factor_shown = true;
    }
    Ok(with_data(json!({ "verified": true })))
}

/// Says whose an MFA token is. The answer has no envelope.
pub fn check_mfa_token(state: &mut State, request: &Request) -> Outcome {
    let token = payload::text(&request.body, "token")?;
    Ok(Answer::Json(match state.mfa_tokens.get(token, state.now()) {
        None => json!({ "active": false }),
        Some(token) => json!({
            "active": true,
            "userPoolId": USER_POOL_ID,
            "userId": token.user_id,
            "iat": token.issued.as_secs(),
            "exp": token.expires.as_secs(),
        }),
    }))
}

fn no_such_factor() -> Refusal {
    Refusal::new(404, "the user has no such factor")
}
