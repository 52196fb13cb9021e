//! Asking for the credentials that an operation's `security` names.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::prelude::{BASE64_STANDARD, Engine};
use serde_json::Value;

use super::application::{APP_ID, APP_SECRET};
use super::refusal::Refusal;
use super::state::State;

/// What an operation asks for.
pub struct Credentials {
    app_id: bool,
    access_token: bool,
    app_secret: bool,
    /// Whether the token of a user who still owes the second factor does in place of an access token.
    mfa_token: bool,
}

/// For whom a request is made.
pub struct Caller {
    pub user_id: String,
    /// Whether the user still owes the second factor.
    pub by_mfa_token: bool,
}

impl Credentials {
    /// Those of the first entry of `security`, which is all that the description uses.
    pub fn new(security: &Value, mfa_token: bool) -> Self {
        let asks_for = |scheme| security[0].get(scheme).is_some();
        Self {
            app_id: asks_for("appId"),
            access_token: asks_for("accessToken"),
            app_secret: asks_for("appSecret"),
            mfa_token,
        }
    }

    /// Finds out who calls. `body` may hold the application's secret.
    pub fn check(&self, headers: &HeaderMap, body: &Value, state: &State) -> Result<Option<Caller>, Refusal> {
        let named = ["x-genauth-app-id", "x-authing-app-id"].iter().any(|name| headers.contains_key(*name));
        if self.app_id && !named {
            return Err(Refusal::new(401, "the application's id is missing"));
        }
        let authorization = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let (scheme, credential) = authorization.split_once(' ').unwrap_or((authorization, ""));
        let basic = scheme.eq_ignore_ascii_case("basic");
        if basic && !is_application(credential) {
            return Err(Refusal::new(401, "the application's id or secret is wrong"));
        }
        let in_body = body["client_id"] == APP_ID && body["client_secret"] == APP_SECRET;
        if self.app_secret && !basic && !in_body {
            return Err(Refusal::new(401, "the application's secret is missing or wrong"));
        }
        if !self.access_token {
            return Ok(None);
        }
        let bearer = scheme.eq_ignore_ascii_case("bearer").then_some(credential);
        let token = bearer.ok_or_else(|| Refusal::not_signed_in("an access token is missing"))?;
        self.caller(token, state).map(Some).ok_or_else(|| Refusal::not_signed_in("the access token is not valid"))
    }

    fn caller(&self, token: &str, state: &State) -> Option<Caller> {
        let now = state.now();
        if let Some(user_id) = state.sessions.user(token, now) {
            return Some(Caller { user_id: user_id.to_owned(), by_mfa_token: false });
        }
        let token = state.mfa_tokens.get(token, now).filter(|_| self.mfa_token)?;
        Some(Caller { user_id: token.user_id.clone(), by_mfa_token: true })
    }
}

fn is_application(credential: &str) -> bool {
    let pair = BASE64_STANDARD.decode(credential).ok();
    pair.is_some_and(|pair| pair == format!("{APP_ID}:{APP_SECRET}").as_bytes())
}
