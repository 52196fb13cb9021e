//! Signs a user in.

use serde_json::{Value, json};

use super::error::ApiError;
use super::request::Request;
use super::{HandlerResult, ok, payload, sign_up};
use crate::sandbox::idp::tokens::{self, DEFAULT_SCOPE};
use crate::sandbox::store::access_tokens::ACCESS_TOKEN_LIFETIME;
use crate::sandbox::store::state::State;
use crate::sandbox::store::users::User;

/// Verifies a credential and issues tokens, unless a second factor is required.
pub fn sign_in(state: &mut State, request: &Request) -> HandlerResult {
    let body = &request.body;
    let user_id = match body["connection"].as_str() {
        Some("PASSWORD") => by_password(state, body)?,
        Some("PASSCODE") => by_pass_code(state, body)?,
        // The remaining connections are directories, of which the sandbox has none.
        _ => return Err(ApiError::user_not_found()),
    };
    require_second_factor(state, &user_id)?;
    state.count_sign_in(&user_id);
    Ok(ok(issue_tokens(state, &user_id, body["options"]["scope"].as_str().unwrap_or(DEFAULT_SCOPE))?))
}

/// Rejects a user whom an administrator has suspended.
fn require_active(state: &State, user_id: &str) -> Result<(), ApiError> {
    let is_active = state.users.get(user_id).is_none_or(User::is_active);
    if is_active { Ok(()) } else { Err(ApiError::user_suspended()) }
}

fn by_password(state: &mut State, body: &Value) -> Result<String, ApiError> {
    let credential = payload::require_object(body, "passwordPayload")?;
    let (kind, name) = payload::require_one_of(credential, &["email", "phone", "username", "account"])?;
    let password = payload::require_password(credential, "password", &body["options"]["passwordEncryptType"])?;
    match state.users.find_by(kind, name) {
        Some(user) if user.password.as_deref() == Some(password) => Ok(user.id.clone()),
        Some(_) => Err(ApiError::new(400, "the account or the password is wrong").with_api_code(2333)),
        None if kind != "account" && is_auto_register(body) => {
            register(state, kind, credential, Some(password), "auto-register:password")
        }
        None => Err(ApiError::user_not_found()),
    }
}

fn by_pass_code(state: &mut State, body: &Value) -> Result<String, ApiError> {
    let credential = payload::require_object(body, "passCodePayload")?;
    let (kind, recipient) = payload::require_recipient(credential)?;
    payload::use_pass_code(state, &recipient, "CHANNEL_LOGIN", &credential["passCode"])?;
    match state.users.find_by_recipient(&recipient) {
        Some(user) => Ok(user.id.clone()),
        None if is_auto_register(body) => register(state, kind, credential, None, "auto-register:pass-code"),
        None => Err(ApiError::user_not_found()),
    }
}

fn is_auto_register(body: &Value) -> bool {
    body["options"]["autoRegister"] == true
}

fn register(
    state: &mut State,
    kind: &str,
    credential: &Value,
    password: Option<&str>,
    registered_by: &'static str,
) -> Result<String, ApiError> {
    let mut user = state.new_user(registered_by);
    let id = user.id.clone();
    sign_up::set_name(&mut user, kind, credential, password.is_none());
    user.password = password.map(ToOwned::to_owned);
    sign_up::register(state, user)?;
    Ok(id)
}

/// Rejects a suspended user, and one with an authenticator app who has not verified a code of it since the last sign-in.
pub fn require_second_factor(state: &mut State, user_id: &str) -> Result<(), ApiError> {
    require_active(state, user_id)?;
    if state.factors.totp(user_id).is_none() {
        return Ok(());
    }
    let is_satisfied = state.users.get_mut(user_id).is_some_and(|user| std::mem::take(&mut user.mfa_satisfied));
    if is_satisfied {
        return Ok(());
    }
    let (token, now) = (state.token("mfa-token"), state.now());
    state.mfa_tokens.issue(token.clone(), user_id, now);
    let user = state.users.get(user_id).map(|user| user.to_json()).unwrap_or_default();
    let mut data = json!({ "mfaToken": token });
    for (name, property) in [
        ("mfaPhone", "phone"),
        ("mfaPhoneCountryCode", "phoneCountryCode"),
        ("mfaEmail", "email"),
        ("nickname", "nickname"),
        ("username", "username"),
        ("photo", "photo"),
    ] {
        if let Some(value) = user.get(property) {
            data[name] = value.clone();
        }
    }
    Err(ApiError::new(400, "a second factor is required").with_api_code(1635).with_data(data))
}

/// Starts a session, and issues its tokens.
pub fn issue_tokens(state: &mut State, user_id: &str, scope: &str) -> Result<Value, ApiError> {
    require_active(state, user_id)?;
    let session = state.start_session(user_id, state.now());
    let issued = tokens::issue(state, &session, scope, None);
    let mut data = json!({
        "scope": scope,
        "access_token": issued.access_token,
        "token_type": "Bearer",
        "expire_in": ACCESS_TOKEN_LIFETIME.as_secs(),
        // The mini program's SDK reads this name.
        "expires_in": ACCESS_TOKEN_LIFETIME.as_secs(),
    });
    if let Some(token) = issued.id_token {
        data["id_token"] = token.into();
    }
    if let Some(token) = issued.refresh_token {
        data["refresh_token"] = token.into();
    }
    Ok(data)
}
