//! The access tokens that were issued.

use std::collections::HashMap;
use std::time::Duration;

pub const ACCESS_TOKEN_LIFETIME: Duration = Duration::from_secs(2 * 60 * 60);

#[derive(Default)]
pub struct AccessTokens {
    issued: HashMap<String, AccessToken>,
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
        self.issued.insert(jwt, token);
    }

    pub fn get(&self, jwt: &str, now: Duration) -> Option<&AccessToken> {
        self.issued.get(jwt).filter(|token| now < token.expires_at())
    }

    pub fn revoke(&mut self, jwt: &str) {
        self.issued.remove(jwt);
    }
}

impl AccessToken {
    pub fn expires_at(&self) -> Duration {
        self.issued_at + ACCESS_TOKEN_LIFETIME
    }
}
