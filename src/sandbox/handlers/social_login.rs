//! Sign-in with the result of a social login in a mobile app or mini program.

use serde_json::{Value, json};

use super::error::ApiError;
use super::request::Request;
use super::{HandlerResult, ok, sign_in, sign_up};
use crate::sandbox::idp::tokens::DEFAULT_SCOPE;
use crate::sandbox::store::recipient::Recipient;
use crate::sandbox::store::state::State;

/// Signs in the user with the phone number of a phone-button code, or else the user who exists without signing up: the
/// sandbox knows no providers, so it takes every code of theirs.
pub fn sign_in(state: &mut State, request: &Request) -> HandlerResult {
    let body = &request.body;
    let user_id = match &body["wechatMiniProgramCodeAndPhonePayload"]["wxPhoneInfo"]["code"] {
        Value::String(code) => by_phone_code(state, code)?,
        _ => state.default_user(),
    };
    sign_in::require_second_factor(state, &user_id)?;
    state.count_sign_in(&user_id);
    Ok(ok(sign_in::issue_tokens(state, &user_id, body["options"]["scope"].as_str().unwrap_or(DEFAULT_SCOPE))?))
}

fn by_phone_code(state: &mut State, code: &str) -> Result<String, ApiError> {
    let number = state.phone_codes.take(code, state.now());
    let number = number.ok_or_else(|| ApiError::new(400, "invalid code").with_api_code(40029))?;
    if let Some(user) = state.users.find_by_recipient(&Recipient::parse(&number)) {
        return Ok(user.id.clone());
    }
    let mut user = state.new_user("social:wechat:miniprogram:default");
    let id = user.id.clone();
    sign_up::set_name(&mut user, "phone", &json!({ "phone": number }), true);
    sign_up::register(state, user)?;
    Ok(id)
}
