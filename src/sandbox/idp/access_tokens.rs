//! Access tokens, and what they are good for.

use std::collections::HashMap;
use std::time::Duration;

/// How long an access token lives.
pub const ACCESS_TOKEN_LIFE: Duration = Duration::from_secs(2 * 60 * 60);

#[derive(Default)]
pub struct AccessTokens {
    issued: HashMap<String, AccessToken>,
}

pub struct AccessToken {
    pub id: String,
    /// The user, or the program, that it speaks for.
    pub subject: String,
    /// The device that the user signed in on; a program has none.
    pub device_id: Option<String>,
    pub scope: String,
    pub issued: Duration,
}

impl AccessTokens {
    pub fn add(&mut self, text: String, token: AccessToken) {
        self.issued.insert(text, token);
    }

    pub fn get(&self, text: &str, now: Duration) -> Option<&AccessToken> {
        self.issued.get(text).filter(|token| now < token.expires())
    }

    pub fn revoke(&mut self, text: &str) {
        self.issued.remove(text);
    }
}

impl AccessToken {
    pub fn expires(&self) -> Duration {
        self.issued + ACCESS_TOKEN_LIFE
    }
}
