//! Ends the session of a browser; the sessions of applications continue.

use super::HandlerResult;
use super::error::ApiError;
use super::request::Request;
use super::response::Response;
use crate::sandbox::idp::signing_key::SigningKey;
use crate::sandbox::store::pending_logins::RedirectTarget;
use crate::sandbox::store::state::State;

/// OpenID Connect RP-initiated logout.
pub fn openid(state: &mut State, request: &Request) -> HandlerResult {
    let hint = request.parameters["id_token_hint"].as_str();
    if hint.is_some_and(|token| !SigningKey::get().has_signed(token)) {
        return Err(ApiError::malformed("id_token_hint: not an ID token of the sandbox"));
    }
    log_out(state, request, "post_logout_redirect_uri")
}

/// The logout URL for any protocol.
pub fn any_protocol(state: &mut State, request: &Request) -> HandlerResult {
    log_out(state, request, "redirect_uri")
}

pub fn cas(state: &mut State, request: &Request) -> HandlerResult {
    log_out(state, request, "url")
}

/// Ends the session, and redirects to the URL in the parameter `name`, if there is one.
fn log_out(state: &mut State, request: &Request, name: &str) -> HandlerResult {
    request.check_parameters()?;
    let target = request.parameters.get(name).map(|_| RedirectTarget::from_parameters(&request.parameters, name));
    let target = target.transpose().map_err(ApiError::malformed)?;
    if let Some(cookie) = &request.cookie {
        let now = state.now();
        state.browser_sessions.end(cookie, now);
    }
    Ok(match target {
        Some(target) => Response::Redirect(target.redirect(&[])),
        None => Response::Notice("Logged out", "You are logged out of the sandbox in this browser."),
    })
}
