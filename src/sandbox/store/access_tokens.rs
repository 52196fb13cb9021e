//! The access tokens that were issued.

use std::time::Duration;

use super::expiring::Expiring;

pub const ACCESS_TOKEN_LIFETIME: Duration = Duration::from_secs(2 * 60 * 60);

#[derive(Default)]
pub struct AccessTokens {
    issued: Expiring<AccessToken>,
}

pub struct AccessToken {
    pub id: String,
    /// The id of the user, or of the application that acts for itself.
    pub subject: String,
    /// The device on which the user signed in; an application has none.
    pub device_id: Option<String>,
    pub scope: String,
    pub issued_at: Duration,
}

impl AccessTokens {
    pub fn add(&mut self, jwt: String, token: AccessToken) {
        let (issued_at, expires_at) = (token.issued_at, token.expires_at());
        self.issued.insert(jwt, token, issued_at, expires_at);
    }

    pub fn get(&self, jwt: &str, now: Duration) -> Option<&AccessToken> {
        self.issued.get(jwt, now)
    }

    pub fn revoke(&mut self, jwt: &str, now: Duration) {
        self.issued.take(jwt, now);
    }

    pub fn forget_expired(&mut self, now: Duration) {
        self.issued.forget_expired(now);
    }
}

impl AccessToken {
    pub fn expires_at(&self) -> Duration {
        self.issued_at + ACCESS_TOKEN_LIFETIME
    }
}
