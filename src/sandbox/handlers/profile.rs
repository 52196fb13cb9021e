//! The signed-in user's own account.

use serde_json::Value;

use super::{Outcome, done, payload, sign_up, with_data};
use crate::sandbox::error::Refusal;
use crate::sandbox::state::State;
use crate::sandbox::users::User;
use crate::sandbox::validation::Request;

/// Shows the user; custom fields, identities and departments on demand.
pub fn show(state: &mut State, request: &Request) -> Outcome {
    let user = user(state, request)?;
    let mut profile = user.to_json();
    let wants = |name: &str| request.parameters[name] == true;
    if wants("withCustomData") {
        profile["customData"] = Value::Object(user.custom_data.clone());
    }
    for (parameter, member) in [("withIdentities", "identities"), ("withDepartmentIds", "departmentIds")] {
        if wants(parameter) {
            profile[member] = Value::Array(Vec::new());
        }
    }
    Ok(with_data(profile))
}

/// Changes what the request names, and nothing else.
pub fn change(state: &mut State, request: &Request) -> Outcome {
    let id = user(state, request)?.id.clone();
    let username = request.body["username"].as_str();
    if username.and_then(|name| state.users.named("username", name)).is_some_and(|other| other.id != id) {
        return Err(Refusal::user_exists("username"));
    }
    let now = state.now();
    let user = user(state, request)?;
    sign_up::fill_in(user, &request.body);
    if let Some(username) = username {
        user.username = Some(username.to_owned());
    }
    user.updated = now;
    let mut profile = user.to_json();
    profile["customData"] = Value::Object(user.custom_data.clone());
    Ok(with_data(profile))
}

/// Sets a password; a user who has one shows it.
pub fn change_password(state: &mut State, request: &Request) -> Outcome {
    let body = &request.body;
    let encryption = &body["passwordEncryptType"];
    let new = payload::password(body, "newPassword", encryption)?;
    let user = user(state, request)?;
    if let Some(password) = &user.password
        && payload::password(body, "oldPassword", encryption)? != password
    {
        return Err(Refusal::new(400, "the password is wrong").api_code(2006));
    }
    user.password = Some(new.to_owned());
    Ok(done())
}

fn user<'a>(state: &'a mut State, request: &Request) -> Result<&'a mut User, Refusal> {
    state.users.get_mut(&request.caller()?.user_id).ok_or_else(Refusal::no_such_user)
}
