//! Issues and looks up tokens.

use serde_json::{Map, Value, json};

use super::claims::{claims, has_scope};
use super::issuer;
use super::sha256::left_half_sha256;
use super::signing_key::SigningKey;
use crate::sandbox::store::access_tokens::{ACCESS_TOKEN_LIFETIME, AccessToken};
use crate::sandbox::store::application::APP_ID;
use crate::sandbox::store::refresh_tokens::RefreshToken;
use crate::sandbox::store::sessions::Session;
use crate::sandbox::store::state::State;

/// The scope of a sign-in that requests none.
pub const DEFAULT_SCOPE: &str = "openid profile";
/// The scope of the default user's access tokens.
const DEFAULT_USER_SCOPE: &str = "openid profile email phone address";

/// The tokens of a session: an access token, and those that its scope requests.
pub struct Tokens {
    pub access_token: String,
    pub id_token: Option<String>,
    pub refresh_token: Option<String>,
}

/// Issues the tokens of a session; `nonce` is that of the authorization request.
pub fn issue(state: &mut State, session: &Session, scope: &str, nonce: Option<&str>) -> Tokens {
    issue_with_scopes(state, session, scope, scope, nonce)
}

/// The same, with a refresh token of another scope.
pub fn issue_with_scopes(
    state: &mut State,
    session: &Session,
    scope: &str,
    refresh_scope: &str,
    nonce: Option<&str>,
) -> Tokens {
    let access_token = issue_access_token(state, &session.user_id, Some(&session.device_id), scope);
    let now = state.now();
    state.sessions.extend(&session.device_id, now, now + ACCESS_TOKEN_LIFETIME);
    let id_token = has_scope(scope, "openid").then(|| issue_id_token(state, session, scope, nonce, &access_token));
    let refresh_token =
        has_scope(refresh_scope, "offline_access").then(|| issue_refresh_token(state, session, refresh_scope));
    Tokens { access_token, id_token, refresh_token }
}

/// Issues an access token to a user on a device, or to an application, which has none.
pub fn issue_access_token(state: &mut State, subject: &str, device_id: Option<&str>, scope: &str) -> String {
    let token = AccessToken {
        id: state.id(),
        subject: subject.to_owned(),
        device_id: device_id.map(ToOwned::to_owned),
        scope: scope.to_owned(),
        issued_at: state.now(),
    };
    let claims = json!({
        "iss": issuer(state),
        "aud": APP_ID,
        "sub": subject,
        "client_id": APP_ID,
        "scope": scope,
        "jti": token.id,
        "iat": token.issued_at.as_secs(),
        "exp": token.expires_at().as_secs(),
    });
    let jwt = SigningKey::get().sign("at+jwt", &claims);
    state.access_tokens.add(jwt.clone(), token);
    jwt
}

/// See [`Sandbox::issue_access_token`](crate::sandbox::Sandbox::issue_access_token).
pub fn issue_to_default_user(state: &mut State) -> String {
    let (user_id, now) = (state.default_user(), state.now());
    let session = state.start_session(&user_id, now);
    issue(state, &session, DEFAULT_USER_SCOPE, None).access_token
}

/// The access token of this JWT, if it is valid.
pub fn find_access_token<'a>(state: &'a State, jwt: &str) -> Option<&'a AccessToken> {
    let token = state.access_tokens.get(jwt, state.now())?;
    token.device_id.as_ref().is_none_or(|device_id| state.sessions.is_active(device_id, state.now())).then_some(token)
}

fn issue_id_token(state: &State, session: &Session, scope: &str, nonce: Option<&str>, access_token: &str) -> String {
    let user = state.users.get(&session.user_id).map(|user| claims(user, scope));
    let mut all: Map<_, _> = user.and_then(|claims| claims.as_object().cloned()).unwrap_or_default();
    let now = state.now();
    let own = json!({
        "iss": issuer(state),
        "aud": APP_ID,
        "sub": session.user_id,
        "iat": now.as_secs(),
        "exp": (now + ACCESS_TOKEN_LIFETIME).as_secs(),
        "auth_time": session.authenticated_at.as_secs(),
        "at_hash": left_half_sha256(access_token),
    });
    all.extend(own.as_object().cloned().unwrap_or_default());
    all.extend(nonce.map(|nonce| ("nonce".to_owned(), nonce.into())));
    SigningKey::get().sign("JWT", &Value::Object(all))
}

fn issue_refresh_token(state: &mut State, session: &Session, scope: &str) -> String {
    let value = state.token("refresh-token");
    let token = RefreshToken {
        user_id: session.user_id.clone(),
        device_id: session.device_id.clone(),
        scope: scope.to_owned(),
        issued_at: state.now(),
        used: false,
    };
    state.refresh_tokens.add(value.clone(), token);
    value
}
