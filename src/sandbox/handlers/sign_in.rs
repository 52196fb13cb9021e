//! Signing in.

use serde_json::{Value, json};

use super::{Outcome, payload, sign_up, with_data};
use crate::sandbox::error::Refusal;
use crate::sandbox::idp::access_tokens::ACCESS_TOKEN_LIFE;
use crate::sandbox::state::State;
use crate::sandbox::validation::Request;

/// The scopes of who asks for none.
const SCOPE: &str = "openid profile";

/// Checks a credential and hands out tokens, or says that a second factor is needed.
pub fn sign_in(state: &mut State, request: &Request) -> Outcome {
    let body = &request.body;
    let user_id = match body["connection"].as_str() {
        Some("PASSWORD") => by_password(state, body)?,
        Some("PASSCODE") => by_pass_code(state, body)?,
        // The sandbox has no directories, so nobody is in them.
        _ => return Err(Refusal::no_such_user()),
    };
    pass_second_factor(state, &user_id)?;
    state.count_sign_in(&user_id);
    Ok(with_data(tokens(state, &user_id, body["options"]["scope"].as_str().unwrap_or(SCOPE))))
}

fn by_password(state: &mut State, body: &Value) -> Result<String, Refusal> {
    let given = payload::object(body, "passwordPayload")?;
    let (kind, name) = payload::only_one(given, &["email", "phone", "username", "account"])?;
    let password = payload::password(given, "password", &body["options"]["passwordEncryptType"])?;
    match state.users.named(kind, name) {
        Some(user) if user.password.as_deref() == Some(password) => Ok(user.id.clone()),
        Some(_) => Err(Refusal::new(400, "the account or the password is wrong").api_code(2333)),
        None if kind != "account" && auto_register(body) => {
            register(state, kind, given, Some(password), "auto-register:password")
        }
        None => Err(Refusal::no_such_user()),
    }
}

fn by_pass_code(state: &mut State, body: &Value) -> Result<String, Refusal> {
    let given = payload::object(body, "passCodePayload")?;
    let (kind, address) = payload::address(given)?;
    payload::take_pass_code(state, &address, "CHANNEL_LOGIN", &given["passCode"])?;
    match state.users.at(&address) {
        Some(user) => Ok(user.id.clone()),
        None if auto_register(body) => register(state, kind, given, None, "auto-register:pass-code"),
        None => Err(Refusal::no_such_user()),
    }
}

fn auto_register(body: &Value) -> bool {
    body["options"]["autoRegister"] == true
}

fn register(
    state: &mut State,
    kind: &str,
    given: &Value,
    password: Option<&str>,
    registered_by: &'static str,
) -> Result<String, Refusal> {
    let mut user = state.new_user(registered_by);
    let id = user.id.clone();
    sign_up::name(&mut user, kind, given, password.is_none());
    user.password = password.map(ToOwned::to_owned);
    sign_up::register(state, user)?;
    Ok(id)
}

/// Lets a user through who has no authenticator app, or whose code has been checked since the last sign-in.
fn pass_second_factor(state: &mut State, user_id: &str) -> Result<(), Refusal> {
    if state.factors.totp(user_id).is_none() {
        return Ok(());
    }
    let shown = state.users.get_mut(user_id).is_some_and(|user| std::mem::take(&mut user.second_factor_shown));
    if shown {
        return Ok(());
    }
    let (token, now) = (state.token("mfa-token"), state.now());
    state.mfa_tokens.issue(token.clone(), user_id, now);
    let user = state.users.get(user_id).map(|user| user.to_json()).unwrap_or_default();
    let mut data = json!({ "mfaToken": token });
    for (name, member) in [
        ("mfaPhone", "phone"),
        ("mfaPhoneCountryCode", "phoneCountryCode"),
        ("mfaEmail", "email"),
        ("nickname", "nickname"),
        ("username", "username"),
        ("photo", "photo"),
    ] {
        if let Some(value) = user.get(member) {
            data[name] = value.clone();
        }
    }
    Err(Refusal::new(400, "a second factor is needed").api_code(1635).data(data))
}

fn tokens(state: &mut State, user_id: &str, scope: &str) -> Value {
    let session = state.start_session(user_id, state.now());
    let issued = state.issue_tokens(&session, scope, None);
    let mut tokens = json!({
        "scope": scope,
        "access_token": issued.access_token,
        "token_type": "Bearer",
        "expire_in": ACCESS_TOKEN_LIFE.as_secs(),
    });
    if let Some(token) = issued.id_token {
        tokens["id_token"] = token.into();
    }
    if let Some(token) = issued.refresh_token {
        tokens["refresh_token"] = token.into();
    }
    tokens
}
