//! Exchanges the access key for a token.

use serde_json::json;

use crate::sandbox::handlers::error::ApiError;
use crate::sandbox::handlers::request::Request;
use crate::sandbox::handlers::{HandlerResult, ok};
use crate::sandbox::idp::issuer;
use crate::sandbox::idp::signing_key::SigningKey;
use crate::sandbox::store::application::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, USER_POOL_ID};
use crate::sandbox::store::management_tokens::LIFETIME;
use crate::sandbox::store::state::State;

pub fn issue(state: &mut State, request: &Request) -> HandlerResult {
    let body = &request.body;
    if body["accessKeyId"] != ACCESS_KEY_ID || body["accessKeySecret"] != ACCESS_KEY_SECRET {
        return Err(ApiError::new(401, "the access key's ID or secret is wrong"));
    }
    let (id, now) = (state.id(), state.now());
    let claims = json!({
        "iss": issuer(state),
        "sub": ACCESS_KEY_ID,
        "scoped_userpool_id": USER_POOL_ID,
        "jti": id,
        "iat": now.as_secs(),
        "exp": (now + LIFETIME).as_secs(),
    });
    let token = SigningKey::get().sign("JWT", &claims);
    state.management_tokens.issue(token.clone(), now);
    Ok(ok(json!({ "access_token": token, "expires_in": LIFETIME.as_secs() })))
}
