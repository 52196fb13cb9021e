//! Token introspection (RFC 7662) and revocation (RFC 7009).

use serde_json::json;

use super::request::Request;
use super::response::Response;
use super::{HandlerResult, payload};
use crate::sandbox::idp::{issuer, tokens};
use crate::sandbox::store::application::APP_ID;
use crate::sandbox::store::state::State;

/// Introspects an access or refresh token; an invalid one is only reported as inactive.
pub fn introspect(state: &mut State, request: &Request) -> HandlerResult {
    let value = payload::require_string(&request.body, "token")?;
    let mut response = if let Some(token) = tokens::find_access_token(state, value) {
        json!({
            "sub": token.subject,
            "scope": token.scope,
            "token_type": "Bearer",
            "jti": token.id,
            "iat": token.issued_at.as_secs(),
            "exp": token.expires_at().as_secs(),
        })
    } else {
        let token = state.refresh_tokens.get(value, state.now());
        let valid = token.filter(|token| !token.used && state.sessions.is_active(&token.device_id, state.now()));
        let Some(token) = valid else { return Ok(Response::Json(json!({ "active": false }))) };
        json!({
            "sub": token.user_id,
            "scope": token.scope,
            "iat": token.issued_at.as_secs(),
            "exp": token.expires_at().as_secs(),
        })
    };
    response["active"] = true.into();
    response["client_id"] = APP_ID.into();
    response["aud"] = APP_ID.into();
    response["iss"] = issuer(state).into();
    Ok(Response::Json(response))
}

/// Revokes an access token, or a refresh token with all tokens of its session.
pub fn revoke(state: &mut State, request: &Request) -> HandlerResult {
    let value = payload::require_string(&request.body, "token")?;
    let now = state.now();
    state.access_tokens.revoke(value, now);
    if let Some(token) = state.refresh_tokens.get(value, state.now()) {
        state.sessions.end(&token.user_id, &token.device_id);
    }
    Ok(Response::Empty)
}
