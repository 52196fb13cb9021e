//! Data policies, and to whom they are assigned.

use serde_json::Value;

use super::collection::target;
use crate::sandbox::handlers::error::ApiError;
use crate::sandbox::handlers::payload::list;
use crate::sandbox::handlers::request::Request;
use crate::sandbox::handlers::{HandlerResult, ok_empty};
use crate::sandbox::store::state::State;

/// Assigns each of the data policies to each of the targets.
pub fn assign(state: &mut State, request: &Request) -> HandlerResult {
    let keys: Vec<_> =
        list(&request.body, "policyIds").filter_map(Value::as_str).map(|id| vec![id.to_owned()]).collect();
    if keys.iter().any(|key| state.collections.get("data-policies", key).is_none()) {
        return Err(ApiError::not_found());
    }
    let targets = list(&request.body, "targetList").map(|it| target(state, it)).collect::<Result<Vec<_>, _>>()?;
    for (key, target) in keys.iter().flat_map(|key| targets.iter().map(move |target| (key, target))) {
        state.collections.add_member("data-policies", key, target.clone());
    }
    Ok(ok_empty())
}

/// Takes a data policy from a target.
pub fn take(state: &mut State, request: &Request) -> HandlerResult {
    let key = vec![request.body["policyId"].as_str().unwrap_or_default().to_owned()];
    let target = target(state, &request.body)?;
    state.collections.remove_member("data-policies", &key, &target);
    Ok(ok_empty())
}
