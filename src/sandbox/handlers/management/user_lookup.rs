//! The user that a request is about.

use serde_json::Value;

use crate::sandbox::handlers::error::ApiError;
use crate::sandbox::handlers::request::Request;
use crate::sandbox::store::state::State;

/// The id of the signed-in user, or of the user that the arguments of an administrator name.
pub fn user_of(state: &State, request: &Request) -> Result<String, ApiError> {
    match &request.principal {
        Some(principal) => Ok(principal.user_id.clone()),
        None => find(state, &request.arguments()),
    }
}

/// The id of the user in `userId`, which is of the type `userIdType`.
pub fn find(state: &State, arguments: &Value) -> Result<String, ApiError> {
    let id = arguments["userId"].as_str().or(arguments["externalId"].as_str()).unwrap_or_default();
    let kind = arguments["userIdType"].as_str().or(arguments["options"]["userIdType"].as_str());
    find_by(state, id, kind.unwrap_or("user_id"))
}

pub fn find_by(state: &State, id: &str, kind: &str) -> Result<String, ApiError> {
    let user = match kind {
        "user_id" => state.users.get(id),
        "external_id" => state.users.find_by_external_id(id),
        kind => state.users.find_by(kind, id),
    };
    user.map(|user| user.id.clone()).ok_or_else(ApiError::user_not_found)
}
