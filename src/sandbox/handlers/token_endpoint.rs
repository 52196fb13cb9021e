//! The token endpoint of OAuth 2.0.

use serde_json::{Value, json};

use super::error::ApiError;
use super::request::{Client, Request};
use super::response::Response;
use super::{HandlerResult, payload};
use crate::sandbox::idp::login;
use crate::sandbox::idp::sha256::sha256;
use crate::sandbox::idp::tokens::{self, DEFAULT_SCOPE, Tokens};
use crate::sandbox::store::access_tokens::ACCESS_TOKEN_LIFETIME;
use crate::sandbox::store::application::APP_ID;
use crate::sandbox::store::authorization_codes::AuthorizationParams;
use crate::sandbox::store::state::State;
use crate::sandbox::store::users::User;

/// Issues tokens by any grant.
pub fn issue(state: &mut State, request: &Request) -> HandlerResult {
    let form = &request.body;
    let is_confidential = request.client == Some(Client::Confidential);
    let (tokens, scope) = match form["grant_type"].as_str() {
        Some("authorization_code") => by_code(state, form, is_confidential)?,
        Some("refresh_token") => by_refresh_token(state, form)?,
        Some("client_credentials") => by_client_credentials(state, form, is_confidential)?,
        _ => by_password(state, form)?,
    };
    let mut response = json!({
        "access_token": tokens.access_token,
        "token_type": "Bearer",
        "expires_in": ACCESS_TOKEN_LIFETIME.as_secs(),
        "scope": scope,
    });
    if let Some(token) = tokens.id_token {
        response["id_token"] = token.into();
    }
    if let Some(token) = tokens.refresh_token {
        response["refresh_token"] = token.into();
    }
    Ok(Response::Json(response))
}

/// Exchanges a code. A second use suggests that the code was stolen, so it revokes the tokens of the first (RFC 6749,
/// section 4.1.2).
fn by_code(state: &mut State, form: &Value, is_confidential: bool) -> Result<(Tokens, String), ApiError> {
    let value = payload::require_string(form, "code")?;
    let code = state.authorization_codes.get(value, state.now()).cloned();
    let code = code.ok_or_else(|| invalid_grant("the code is wrong or expired"))?;
    if let Some(device_id) = code.used_by_device {
        state.sessions.end(&code.user_id, &device_id);
        return Err(invalid_grant("the code was used before; its tokens are revoked"));
    }
    if form["redirect_uri"] != code.params.redirect_uri {
        return Err(invalid_grant("redirect_uri: differs from the authorization request"));
    }
    if !state.users.get(&code.user_id).is_none_or(User::is_active) {
        return Err(invalid_grant("the user is suspended"));
    }
    check_code_verifier(&code.params, &form["code_verifier"], is_confidential)?;
    let session = state.start_session(&code.user_id, code.authenticated_at);
    state.authorization_codes.mark_used(value, &session.device_id);
    let tokens = tokens::issue(state, &session, &code.params.scope, code.params.nonce.as_deref());
    Ok((tokens, code.params.scope))
}

fn check_code_verifier(params: &AuthorizationParams, verifier: &Value, is_confidential: bool) -> Result<(), ApiError> {
    match (&params.code_challenge, verifier.as_str()) {
        (Some(challenge), Some(verifier)) if sha256(verifier) == *challenge => Ok(()),
        (Some(_), _) => Err(invalid_grant("code_verifier: missing, or does not match the code challenge")),
        (None, Some(_)) => Err(invalid_grant("code_verifier: the authorization request had no code challenge")),
        (None, None) if is_confidential => Ok(()),
        (None, None) => Err(invalid_grant("code_verifier: a client without a secret requires PKCE")),
    }
}

/// Exchanges a refresh token; a second use revokes the tokens of its session, as with a code.
fn by_refresh_token(state: &mut State, form: &Value) -> Result<(Tokens, String), ApiError> {
    let value = payload::require_string(form, "refresh_token")?;
    let token = state.refresh_tokens.get(value, state.now()).cloned();
    let token = token.ok_or_else(|| invalid_grant("the refresh token is wrong or expired"))?;
    if token.used {
        state.sessions.end(&token.user_id, &token.device_id);
        return Err(invalid_grant("the refresh token was used before; the tokens of its session are revoked"));
    }
    let session = state.sessions.get(&token.device_id, state.now()).filter(|session| !session.ended).cloned();
    let session = session.ok_or_else(|| invalid_grant("the refresh token is revoked"))?;
    let scope = form["scope"].as_str().unwrap_or(&token.scope).to_owned();
    let granted: Vec<_> = token.scope.split(' ').collect();
    if !scope.split(' ').all(|one| granted.contains(&one)) {
        return Err(ApiError::oauth("invalid_scope", "scope: exceeds the scope of the refresh token"));
    }
    state.refresh_tokens.mark_used(value);
    // The new refresh token has the scope of the old one, whatever this request asks for (RFC 6749, section 6).
    Ok((tokens::issue_with_scopes(state, &session, &scope, &token.scope, None), scope))
}

/// Issues an access token to the application itself; its id and secret are the only access key.
fn by_client_credentials(state: &mut State, form: &Value, is_confidential: bool) -> Result<(Tokens, String), ApiError> {
    if !is_confidential {
        return Err(ApiError::invalid_client("the secret of the access key is missing"));
    }
    let scope = form["scope"].as_str().unwrap_or_default().to_owned();
    let access_token = tokens::issue_access_token(state, APP_ID, None, &scope);
    Ok((Tokens { access_token, id_token: None, refresh_token: None }, scope))
}

fn by_password(state: &mut State, form: &Value) -> Result<(Tokens, String), ApiError> {
    let user_id = login::verify_password(state, &form["username"], &form["password"]);
    let user_id = user_id.ok_or_else(|| invalid_grant("the account or the password is wrong"))?;
    state.count_sign_in(&user_id);
    let session = state.start_session(&user_id, state.now());
    let scope = form["scope"].as_str().unwrap_or(DEFAULT_SCOPE).to_owned();
    Ok((tokens::issue(state, &session, &scope, None), scope))
}

fn invalid_grant(message: &str) -> ApiError {
    ApiError::oauth("invalid_grant", message)
}
