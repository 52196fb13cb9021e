//! The account of the signed-in user.

use serde_json::Value;

use super::error::ApiError;
use super::request::Request;
use super::{HandlerResult, ok, ok_empty, payload, sign_up};
use crate::sandbox::store::state::State;
use crate::sandbox::store::users::User;

/// The user; custom data, identities and departments only if requested.
pub fn get(state: &mut State, request: &Request) -> HandlerResult {
    let user = user(state, request)?;
    let mut profile = user.to_json();
    let is_requested = |name: &str| request.parameters[name] == true;
    if is_requested("withCustomData") {
        profile["customData"] = Value::Object(user.custom_data.clone());
    }
    for (parameter, property) in [("withIdentities", "identities"), ("withDepartmentIds", "departmentIds")] {
        if is_requested(parameter) {
            profile[property] = Value::Array(Vec::new());
        }
    }
    Ok(ok(profile))
}

/// Changes the properties in the request, and no others.
pub fn update(state: &mut State, request: &Request) -> HandlerResult {
    let id = user(state, request)?.id.clone();
    let username = request.body["username"].as_str();
    if username.and_then(|name| state.users.find_by("username", name)).is_some_and(|other| other.id != id) {
        return Err(ApiError::user_exists("username"));
    }
    let user = state.change_user(&id, |user| {
        sign_up::set_profile(user, &request.body);
        if let Some(username) = username {
            user.username = Some(username.to_owned());
        }
    });
    let user = user.ok_or_else(ApiError::user_not_found)?;
    Ok(ok(user.to_json_with_custom_data()))
}

/// Sets a password; a user who has one must send it too.
pub fn change_password(state: &mut State, request: &Request) -> HandlerResult {
    let body = &request.body;
    let encryption = &body["passwordEncryptType"];
    let new = payload::require_password(body, "newPassword", encryption)?;
    let user = user(state, request)?;
    if let Some(password) = &user.password
        && payload::require_password(body, "oldPassword", encryption)? != password
    {
        return Err(ApiError::new(400, "the old password is wrong").with_api_code(2006));
    }
    user.password = Some(new.to_owned());
    Ok(ok_empty())
}

fn user<'a>(state: &'a mut State, request: &Request) -> Result<&'a mut User, ApiError> {
    state.users.get_mut(&request.principal()?.user_id).ok_or_else(ApiError::user_not_found)
}
