//! What a token is good for, and making it useless.

use serde_json::json;

use super::{Outcome, payload};
use crate::sandbox::application::APP_ID;
use crate::sandbox::error::Refusal;
use crate::sandbox::idp::claims;
use crate::sandbox::response::Answer;
use crate::sandbox::state::State;
use crate::sandbox::validation::Request;

/// The claims of the caller's token.
pub fn claims(state: &mut State, request: &Request) -> Outcome {
    let caller = request.caller()?;
    let user = state.users.get(&caller.user_id);
    let user = user.ok_or_else(|| Refusal::not_signed_in("the user is gone"))?;
    Ok(Answer::Json(claims::claims(user, &caller.scope)))
}

/// Tells of an access or refresh token; of one that is no good, nothing but that.
pub fn introspect(state: &mut State, request: &Request) -> Outcome {
    let text = payload::text(&request.body, "token")?;
    let known = json!({ "active": true, "client_id": APP_ID, "aud": APP_ID, "iss": state.provider.issuer() });
    let told = if let Some(token) = state.access_token(text) {
        json!({
            "sub": token.subject,
            "scope": token.scope,
            "token_type": "Bearer",
            "jti": token.id,
            "iat": token.issued.as_secs(),
            "exp": token.expires().as_secs(),
        })
    } else {
        let token = state.provider.refresh_tokens.get(text, state.now());
        let good = token.filter(|token| !token.used && state.sessions.is_going_on(&token.device_id));
        let Some(token) = good else { return Ok(Answer::Json(json!({ "active": false }))) };
        json!({
            "sub": token.user_id,
            "scope": token.scope,
            "iat": token.issued.as_secs(),
            "exp": token.expires().as_secs(),
        })
    };
    let members = [known, told].into_iter().filter_map(|part| part.as_object().cloned()).flatten();
    Ok(Answer::Json(members.collect()))
}

/// Revokes an access token, or a refresh token with all that came of the same login.
pub fn revoke(state: &mut State, request: &Request) -> Outcome {
    let text = payload::text(&request.body, "token")?;
    state.provider.access_tokens.revoke(text);
    if let Some(token) = state.provider.refresh_tokens.get(text, state.now()) {
        state.sessions.end(&token.user_id, &token.device_id);
    }
    Ok(Answer::Nothing)
}
