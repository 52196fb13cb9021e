//! The userinfo endpoint of OpenID Connect.

use super::HandlerResult;
use super::error::ApiError;
use super::request::Request;
use super::response::Response;
use crate::sandbox::idp::claims::claims;
use crate::sandbox::store::state::State;

/// The claims about the signed-in user that the access token's scope grants.
pub fn get(state: &mut State, request: &Request) -> HandlerResult {
    let principal = request.principal()?;
    let user = state.users.get(&principal.user_id);
    let user = user.ok_or_else(|| ApiError::unauthenticated("the user no longer exists"))?;
    Ok(Response::Json(claims(user, &principal.scope)))
}
