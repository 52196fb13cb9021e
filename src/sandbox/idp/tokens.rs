//! Issuing tokens.

use serde_json::{Map, Value, json};

use super::access_tokens::{ACCESS_TOKEN_LIFE, AccessToken};
use super::claims::{claims, has};
use super::refresh_tokens::RefreshToken;
use crate::sandbox::application::APP_ID;
use crate::sandbox::sessions::Session;
use crate::sandbox::sha256::half_sha256;
use crate::sandbox::state::State;

/// What comes of a sign-in: an access token, and what else its scope asks for.
pub struct Tokens {
    pub access_token: String,
    pub id_token: Option<String>,
    pub refresh_token: Option<String>,
}

impl State {
    /// Issues tokens to a session; `nonce` ties the ID token to the login that it comes of.
    pub fn issue_tokens(&mut self, session: &Session, scope: &str, nonce: Option<&str>) -> Tokens {
        let access_token = self.issue_access_token_to(&session.user_id, Some(&session.device_id), scope);
        self.sessions.prolong(&session.device_id, self.now() + ACCESS_TOKEN_LIFE);
        let id_token = has(scope, "openid").then(|| self.id_token(session, scope, nonce, &access_token));
        let refresh_token = has(scope, "offline_access").then(|| self.refresh_token(session, scope));
        Tokens { access_token, id_token, refresh_token }
    }

    /// Issues an access token to a user on a device, or to a program, which has none.
    pub fn issue_access_token_to(&mut self, subject: &str, device_id: Option<&str>, scope: &str) -> String {
        let token = AccessToken {
            id: self.id(),
            subject: subject.to_owned(),
            device_id: device_id.map(ToOwned::to_owned),
            scope: scope.to_owned(),
            issued: self.now(),
        };
        let claims = json!({
            "iss": self.provider.issuer(),
            "aud": APP_ID,
            "sub": subject,
            "scope": scope,
            "jti": token.id,
            "iat": token.issued.as_secs(),
            "exp": token.expires().as_secs(),
        });
        let text = self.provider.key.sign("at+jwt", &claims);
        self.provider.access_tokens.add(text.clone(), token);
        text
    }

    /// What an access token is good for, as long as it is.
    pub fn access_token(&self, text: &str) -> Option<&AccessToken> {
        let token = self.provider.access_tokens.get(text, self.now())?;
        token.device_id.as_ref().is_none_or(|device_id| self.sessions.is_going_on(device_id)).then_some(token)
    }

    fn id_token(&self, session: &Session, scope: &str, nonce: Option<&str>, access_token: &str) -> String {
        let user = self.users.get(&session.user_id).map(|user| claims(user, scope));
        let mut all: Map<_, _> = user.and_then(|claims| claims.as_object().cloned()).unwrap_or_default();
        let now = self.now();
        let own = json!({
            "iss": self.provider.issuer(),
            "aud": APP_ID,
            "sub": session.user_id,
            "iat": now.as_secs(),
            "exp": (now + ACCESS_TOKEN_LIFE).as_secs(),
            "auth_time": session.authenticated.as_secs(),
            "at_hash": half_sha256(access_token),
        });
        all.extend(own.as_object().cloned().unwrap_or_default());
        all.extend(nonce.map(|nonce| ("nonce".to_owned(), nonce.into())));
        self.provider.key.sign("JWT", &Value::Object(all))
    }

    fn refresh_token(&mut self, session: &Session, scope: &str) -> String {
        let text = self.token("refresh-token");
        let token = RefreshToken {
            user_id: session.user_id.clone(),
            device_id: session.device_id.clone(),
            scope: scope.to_owned(),
            issued: self.now(),
            used: false,
        };
        self.provider.refresh_tokens.add(text.clone(), token);
        text
    }
}
