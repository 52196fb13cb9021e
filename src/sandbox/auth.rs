//! Asking for the credentials that an operation's `security` names.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::prelude::{BASE64_STANDARD, Engine};
use serde_json::Value;

use super::application::{APP_ID, APP_SECRET};
use super::error::Refusal;
use super::idp::client::Client;
use super::state::State;

/// What an operation asks for.
pub struct Credentials {
    app_id: bool,
    access_token: bool,
    app_secret: bool,
    oauth_client: bool,
    /// Whether the token of a user who still owes the second factor does in place of an access token.
    mfa_token: bool,
}

/// For whom a request is made.
pub struct Caller {
    pub user_id: String,
    /// What the access token is good for.
    pub scope: String,
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
            oauth_client: asks_for("oauthClient"),
            mfa_token,
        }
    }

    /// Finds out who calls. `body` may hold the application's secret.
    pub fn check(&self, headers: &HeaderMap, body: &Value, state: &State) -> Result<Option<Caller>, Refusal> {
        let named = ["x-genauth-app-id", "x-authing-app-id"].iter().any(|name| headers.contains_key(*name));
        if self.app_id && !named {
            return Err(Refusal::new(401, "the application's id is missing"));
        }
        if self.oauth_client {
            return Ok(None);
        }
        let (scheme, credential) = authorization(headers);
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

    /// Finds out which application calls, where OAuth 2.0 says how it proves itself.
    pub fn client(&self, headers: &HeaderMap, form: &Value) -> Result<Option<Client>, Refusal> {
        let (scheme, credential) = authorization(headers);
        let basic = scheme.eq_ignore_ascii_case("basic").then_some(credential);
        self.oauth_client.then(|| Client::new(basic, form)).transpose()
    }

    fn caller(&self, token: &str, state: &State) -> Option<Caller> {
        let now = state.now();
        if let Some(token) = state.access_token(token) {
            token.device_id.as_ref()?;
            return Some(Caller { user_id: token.subject.clone(), scope: token.scope.clone(), by_mfa_token: false });
        }
        let token = state.mfa_tokens.get(token, now).filter(|_| self.mfa_token)?;
        Some(Caller { user_id: token.user_id.clone(), scope: String::new(), by_mfa_token: true })
    }
}

/// The scheme of the `Authorization` header, and the credential.
fn authorization(headers: &HeaderMap) -> (&str, &str) {
    let text = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    text.split_once(' ').unwrap_or((text, ""))
}

fn is_application(credential: &str) -> bool {
    let pair = BASE64_STANDARD.decode(credential).ok();
    pair.is_some_and(|pair| pair == format!("{APP_ID}:{APP_SECRET}").as_bytes())
}
