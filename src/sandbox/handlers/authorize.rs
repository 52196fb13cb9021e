//! Authorization endpoints.

use std::time::Duration;

use super::HandlerResult;
use super::error::ApiError;
use super::request::Request;
use super::response::Response;
use crate::sandbox::idp::claims::has_scope;
use crate::sandbox::idp::login;
use crate::sandbox::store::application::APP_ID;
use crate::sandbox::store::authorization_codes::AuthorizationParams;
use crate::sandbox::store::browser_sessions::BrowserSession;
use crate::sandbox::store::pending_logins::{PendingLogin, RedirectTarget, Requested};
use crate::sandbox::store::state::State;

/// The length of a SHA-256 digest in base64url.
const CHALLENGE_LENGTH: usize = 43;

/// OpenID Connect: the scope must contain `openid`, and `offline_access` requires the user's consent.
pub fn openid(state: &mut State, request: &Request) -> HandlerResult {
    authorize(state, request, |scope| {
        if !has_scope(scope, "openid") {
            return Err(ApiError::oauth("invalid_scope", "scope: openid is missing"));
        }
        let has_consent = request.parameters["prompt"] == "consent";
        Ok(retain_scopes(scope, |one| one != "offline_access" || has_consent))
    })
}

/// OAuth 2.0, which issues no ID token.
pub fn oauth(state: &mut State, request: &Request) -> HandlerResult {
    authorize(state, request, |scope| Ok(retain_scopes(scope, |one| one != "openid")))
}

fn authorize(state: &mut State, request: &Request, grant: impl Fn(&str) -> Result<String, ApiError>) -> HandlerResult {
    // Until client and redirect URI are verified, errors are shown and not sent to the redirect URI.
    if request.parameters["client_id"] != APP_ID {
        return Err(ApiError::malformed("client_id: missing or unknown"));
    }
    let target = RedirectTarget::from_parameters(&request.parameters, "redirect_uri").map_err(ApiError::malformed)?;
    let params = match authorization_params(request, grant) {
        Ok(params) => params,
        Err(error) => return Ok(Response::Redirect(target.redirect_error(error.oauth_error, &error.message))),
    };
    let requested = Requested::Code(params);
    // The user has to sign in again if the last time is too long ago.
    let parameter = &request.parameters["max_age"];
    let max_age = parameter.as_u64().or_else(|| parameter.as_str()?.parse().ok()).map(Duration::from_secs);
    let now = state.now();
    let is_recent = |session: &&BrowserSession| max_age.is_none_or(|age| now <= session.authenticated_at + age);
    let session = request.browser_session.as_ref().filter(is_recent);
    Ok(match (session, request.parameters["prompt"].as_str()) {
        (None, Some("none")) => Response::Redirect(target.redirect_error("login_required", "no user is signed in")),
        (Some(session), prompt) if session.auto_consent || matches!(prompt, None | Some("none")) => {
            let login = PendingLogin { target, requested, signed_in: None };
            Response::Redirect(login::complete(state, login, session))
        }
        (session, prompt) => {
            let signed_in = session.cloned().filter(|_| prompt == Some("consent"));
            Response::LoginPage(login::prompt(state, PendingLogin { target, requested, signed_in }, None))
        }
    })
}

fn authorization_params(
    request: &Request,
    grant: impl Fn(&str) -> Result<String, ApiError>,
) -> Result<AuthorizationParams, ApiError> {
    request.check_parameters()?;
    let parameters = &request.parameters;
    let string = |name: &str| parameters[name].as_str().map(ToOwned::to_owned);
    if parameters["response_type"] != "code" {
        return Err(ApiError::oauth("unsupported_response_type", "response_type: only `code` is supported"));
    }
    let code_challenge = string("code_challenge");
    if code_challenge.is_some() && parameters["code_challenge_method"] != "S256" {
        return Err(ApiError::malformed("code_challenge_method: only `S256` is supported"));
    }
    if code_challenge.as_ref().is_some_and(|challenge| challenge.len() != CHALLENGE_LENGTH) {
        return Err(ApiError::malformed("code_challenge: not a SHA-256 digest in base64url"));
    }
    Ok(AuthorizationParams {
        redirect_uri: string("redirect_uri").unwrap_or_default(),
        scope: grant(parameters["scope"].as_str().unwrap_or_default())?,
        nonce: string("nonce"),
        code_challenge,
    })
}

fn retain_scopes(scope: &str, is_granted: impl Fn(&str) -> bool) -> String {
    scope.split(' ').filter(|one| !one.is_empty() && is_granted(one)).collect::<Vec<_>>().join(" ")
}
