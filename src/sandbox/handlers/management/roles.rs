//! Roles, and to whom they are assigned.

use serde_json::{Value, json};

use super::collection::{DEFAULT, target};
use super::user_lookup::find;
use crate::sandbox::handlers::error::ApiError;
use crate::sandbox::handlers::payload::list;
use crate::sandbox::handlers::request::Request;
use crate::sandbox::handlers::{HandlerResult, ok};
use crate::sandbox::store::state::State;

pub fn assign(state: &mut State, request: &Request) -> HandlerResult {
    change(state, request, true)
}

pub fn revoke(state: &mut State, request: &Request) -> HandlerResult {
    change(state, request, false)
}

/// Gives each of the roles to each of the targets, or takes them away.
fn change(state: &mut State, request: &Request, assign: bool) -> HandlerResult {
    let keys: Vec<_> = list(&request.body, "roles").map(role_key).collect();
    if keys.iter().any(|key| state.collections.get("roles", key).is_none()) {
        return Err(ApiError::not_found());
    }
    let targets = list(&request.body, "targets").map(|it| target(state, it)).collect::<Result<Vec<_>, _>>()?;
    for (key, target) in keys.iter().flat_map(|key| targets.iter().map(move |target| (key, target))) {
        match assign {
            true => state.collections.add_member("roles", key, target.clone()),
            false => state.collections.remove_member("roles", key, target),
        }
    }
    Ok(ok(json!({ "success": true })))
}

/// Whether a user has one of the roles, directly or by way of a group or department.
pub fn has_any(state: &mut State, request: &Request) -> HandlerResult {
    let targets = state.collections.targets_of_user(&find(state, &request.body)?);
    let keys = state.collections.keys_with("roles", &targets);
    let has = list(&request.body, "roles").any(|role| keys.contains(&&*role_key(role)));
    Ok(ok(json!({ "hasAnyRole": has })))
}

fn role_key(role: &Value) -> Vec<String> {
    ["namespace", "code"].iter().map(|name| role[*name].as_str().unwrap_or(DEFAULT).to_owned()).collect()
}
