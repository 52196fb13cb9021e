//! Tokens for a code, a refresh token, or credentials.

use serde_json::{Value, json};

use super::{Outcome, payload};
use crate::sandbox::application::APP_ID;
use crate::sandbox::error::Refusal;
use crate::sandbox::idp::access_tokens::ACCESS_TOKEN_LIFE;
use crate::sandbox::idp::client::Client;
use crate::sandbox::idp::codes::Asked;
use crate::sandbox::idp::tokens::Tokens;
use crate::sandbox::response::Answer;
use crate::sandbox::sha256::sha256;
use crate::sandbox::state::State;
use crate::sandbox::validation::Request;

/// The scopes of who asks for none.
const SCOPE: &str = "openid profile";

pub fn issue(state: &mut State, request: &Request) -> Outcome {
    let form = &request.body;
    let proved = request.client == Some(Client::Proved);
    let (tokens, scope) = match form["grant_type"].as_str() {
        Some("authorization_code") => by_code(state, form, proved)?,
        Some("refresh_token") => by_refresh_token(state, form)?,
        Some("client_credentials") => by_credentials(state, form, proved)?,
        _ => by_password(state, form)?,
    };
    let mut answer = json!({
        "access_token": tokens.access_token,
        "token_type": "Bearer",
        "expires_in": ACCESS_TOKEN_LIFE.as_secs(),
        "scope": scope,
    });
    if let Some(token) = tokens.id_token {
        answer["id_token"] = token.into();
    }
    if let Some(token) = tokens.refresh_token {
        answer["refresh_token"] = token.into();
    }
    Ok(Answer::Json(answer))
}

/// Takes a code once. Who brings it a second time may be a thief, or come after one: all that came of it ends.
fn by_code(state: &mut State, form: &Value, proved: bool) -> Result<(Tokens, String), Refusal> {
    let text = payload::text(form, "code")?;
    let code = state.provider.codes.get(text, state.now()).cloned();
    let code = code.ok_or_else(|| invalid_grant("the code is wrong or expired"))?;
    if let Some(device_id) = code.used_on {
        state.sessions.end(&code.user_id, &device_id);
        return Err(invalid_grant("the code was used before; what came of it is revoked"));
    }
    if form["redirect_uri"] != code.asked.redirect_uri {
        return Err(invalid_grant("redirect_uri: not the one of the authorization request"));
    }
    check_verifier(&code.asked, &form["code_verifier"], proved)?;
    let session = state.start_session(&code.user_id, code.authenticated);
    state.provider.codes.use_up(text, &session.device_id);
    let tokens = state.issue_tokens(&session, &code.asked.scope, code.asked.nonce.as_deref());
    Ok((tokens, code.asked.scope))
}

fn check_verifier(asked: &Asked, verifier: &Value, proved: bool) -> Result<(), Refusal> {
    match (&asked.challenge, verifier.as_str()) {
        (Some(challenge), Some(verifier)) if sha256(verifier) == *challenge => Ok(()),
        (Some(_), _) => Err(invalid_grant("code_verifier: missing, or it does not fit the challenge")),
        (None, Some(_)) => Err(invalid_grant("code_verifier: the authorization request had no challenge")),
        (None, None) if proved => Ok(()),
        (None, None) => Err(invalid_grant("an application without secret needs PKCE")),
    }
}

/// Takes a refresh token once, as a code.
fn by_refresh_token(state: &mut State, form: &Value) -> Result<(Tokens, String), Refusal> {
    let text = payload::text(form, "refresh_token")?;
    let token = state.provider.refresh_tokens.get(text, state.now()).cloned();
    let token = token.ok_or_else(|| invalid_grant("the refresh token is wrong or expired"))?;
    if token.used {
        state.sessions.end(&token.user_id, &token.device_id);
        return Err(invalid_grant("the refresh token was used before; what came of it is revoked"));
    }
    let session = state.sessions.get(&token.device_id).filter(|session| !session.ended).cloned();
    let session = session.ok_or_else(|| invalid_grant("the refresh token is revoked"))?;
    let scope = form["scope"].as_str().unwrap_or(&token.scope).to_owned();
    let granted: Vec<_> = token.scope.split(' ').collect();
    if !scope.split(' ').all(|one| granted.contains(&one)) {
        return Err(Refusal::oauth("invalid_scope", "scope: more than was granted"));
    }
    state.provider.refresh_tokens.use_up(text);
    Ok((state.issue_tokens(&session, &scope, None), scope))
}

/// A program's own token; the application's id and secret are the only access key.
fn by_credentials(state: &mut State, form: &Value, proved: bool) -> Result<(Tokens, String), Refusal> {
    if !proved {
        return Err(Refusal::wrong_client("the access key's secret is missing"));
    }
    let scope = form["scope"].as_str().unwrap_or_default().to_owned();
    let access_token = state.issue_access_token_to(APP_ID, None, &scope);
    Ok((Tokens { access_token, id_token: None, refresh_token: None }, scope))
}

fn by_password(state: &mut State, form: &Value) -> Result<(Tokens, String), Refusal> {
    let user_id = state.user_with_password(&form["username"], &form["password"]);
    let user_id = user_id.ok_or_else(|| invalid_grant("the account or the password is wrong"))?;
    state.count_sign_in(&user_id);
    let session = state.start_session(&user_id, state.now());
    let scope = form["scope"].as_str().unwrap_or(SCOPE).to_owned();
    Ok((state.issue_tokens(&session, &scope, None), scope))
}

fn invalid_grant(message: &str) -> Refusal {
    Refusal::oauth("invalid_grant", message)
}
