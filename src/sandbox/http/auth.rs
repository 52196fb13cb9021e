//! Authenticates requests by the security schemes of their operation.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::prelude::{BASE64_STANDARD, Engine};
use serde_json::Value;
use url::form_urlencoded;

use super::operation::Operation;
use crate::sandbox::handlers::error::ApiError;
use crate::sandbox::handlers::request::{Client, Principal};
use crate::sandbox::idp::tokens;
use crate::sandbox::store::application::{APP_ID, APP_SECRET};
use crate::sandbox::store::state::State;
use crate::spec::{ErrorFormat, SecurityScheme};

/// The headers that say which application a request is for. SDKs for browsers and mini programs send the user pool's id
/// instead.
const APPLICATION_HEADERS: [&str; 4] =
    ["x-genauth-app-id", "x-authing-app-id", "x-genauth-userpool-id", "x-authing-userpool-id"];

/// Checks the application's id and secret, and finds the user of the access token. `body` may contain the secret, and
/// `parameters` the access token where OAuth 2.0 allows that (RFC 6750, sections 2.2 and 2.3).
pub fn authenticate(
    operation: &Operation,
    headers: &HeaderMap,
    body: &Value,
    parameters: &Value,
    state: &State,
) -> Result<Option<Principal>, ApiError> {
    let requires = |scheme| operation.spec.security.contains(&scheme);
    let has_app_id = APPLICATION_HEADERS.iter().any(|name| headers.contains_key(*name));
    if requires(SecurityScheme::AppId) && !has_app_id {
        return Err(ApiError::new(401, "the application's id is missing"));
    }
    if requires(SecurityScheme::OauthClient) {
        return Ok(None);
    }
    let (scheme, credential) = authorization(headers);
    let is_basic = scheme.eq_ignore_ascii_case("basic");
    if is_basic && !is_application(credential) {
        return Err(ApiError::new(401, "the application's id or secret is wrong"));
    }
    let in_body = body["client_id"] == APP_ID && body["client_secret"] == APP_SECRET;
    let needs_secret = !state.is_public_client || !body["client_secret"].is_null();
    if requires(SecurityScheme::AppSecret) && !is_basic && !in_body && needs_secret {
        return Err(ApiError::new(401, "the application's secret is missing or wrong"));
    }
    if !requires(SecurityScheme::AccessToken) {
        return Ok(None);
    }
    let bearer = (scheme.eq_ignore_ascii_case("bearer") && !credential.is_empty()).then_some(credential);
    let is_oauth = operation.spec.error_format == ErrorFormat::OAuth;
    let bearer = bearer.or_else(|| parameters["access_token"].as_str().filter(|_| is_oauth));
    let token = bearer.ok_or_else(|| ApiError::unauthenticated("the access token is missing"))?;
    let principal = find_principal(token, operation.handler.accepts_mfa_token, state);
    principal.map(Some).ok_or_else(|| ApiError::unauthenticated("the access token is not valid"))
}

/// Authenticates the OAuth client, by its id and secret in the header or the form, or by its id alone in the form; a public
/// client also by its id in the application's header.
pub fn authenticate_client(
    operation: &Operation,
    headers: &HeaderMap,
    form: &Value,
    state: &State,
) -> Result<Option<Client>, ApiError> {
    if !operation.spec.security.contains(&SecurityScheme::OauthClient) {
        return Ok(None);
    }
    let (scheme, credential) = authorization(headers);
    let basic = scheme.eq_ignore_ascii_case("basic").then_some(credential);
    let (id, secret) = (form["client_id"].as_str(), form["client_secret"].as_str());
    let client = match (basic, secret) {
        (Some(_), Some(_)) => {
            return Err(ApiError::malformed("the client authenticates both in the header and in the form"));
        }
        (Some(credential), None) => is_oauth_client(credential).then_some(Client::Confidential),
        (None, Some(secret)) => (id == Some(APP_ID) && secret == APP_SECRET).then_some(Client::Confidential),
        (None, None) => {
            let in_header = || APPLICATION_HEADERS.iter().any(|name| headers.get(*name).is_some_and(|it| it == APP_ID));
            let is_known = id.map_or_else(|| state.is_public_client && in_header(), |id| id == APP_ID);
            is_known.then_some(Client::Public)
        }
    };
    let missing = || ApiError::invalid_client("the client's id or secret is missing or wrong");
    client.map(Some).ok_or_else(missing)
}

fn find_principal(token: &str, accepts_mfa_token: bool, state: &State) -> Option<Principal> {
    if let Some(token) = tokens::find_access_token(state, token) {
        // The token of an application has no device, and no user.
        token.device_id.as_ref()?;
        return Some(Principal { user_id: token.subject.clone(), scope: token.scope.clone(), by_mfa_token: false });
    }
    let token = state.mfa_tokens.get(token, state.now()).filter(|_| accepts_mfa_token)?;
    Some(Principal { user_id: token.user_id.clone(), scope: String::new(), by_mfa_token: true })
}

/// The scheme of the `Authorization` header, and the credential. A token alone counts as `Bearer`: most of the official
/// SDKs send it so.
fn authorization(headers: &HeaderMap) -> (&str, &str) {
    let value = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_scheme = ["basic", "bearer"].iter().any(|scheme| value.eq_ignore_ascii_case(scheme));
    value.split_once(' ').unwrap_or(if is_scheme { (value, "") } else { ("Bearer", value) })
}

/// Whether a `Basic` credential is the application's.
fn is_application(credential: &str) -> bool {
    let pair = BASE64_STANDARD.decode(credential).ok();
    pair.is_some_and(|pair| pair == format!("{APP_ID}:{APP_SECRET}").as_bytes())
}

/// The same for OAuth 2.0, where id and secret are form-encoded (RFC 6749, section 2.3.1).
fn is_oauth_client(credential: &str) -> bool {
    let pair = BASE64_STANDARD.decode(credential).ok().and_then(|pair| String::from_utf8(pair).ok());
    let decode = |part: &str| form_urlencoded::parse(part.as_bytes()).next().map(|(value, _)| value.into_owned());
    pair.as_deref().and_then(|pair| pair.split_once(':')).is_some_and(|(id, secret)| {
        decode(id).as_deref() == Some(APP_ID) && decode(secret).as_deref() == Some(APP_SECRET)
    })
}
