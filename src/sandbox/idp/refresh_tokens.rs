//! Refresh tokens: each good once, for tokens that have another one among them.

use std::collections::HashMap;
use std::time::Duration;

const LIFE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

#[derive(Default)]
pub struct RefreshTokens {
    issued: HashMap<String, RefreshToken>,
}

#[derive(Clone)]
pub struct RefreshToken {
    pub user_id: String,
    /// The device that the user signed in on.
    pub device_id: String,
    pub scope: String,
    pub issued: Duration,
    pub used: bool,
}

impl RefreshTokens {
    pub fn add(&mut self, text: String, token: RefreshToken) {
        self.issued.insert(text, token);
    }

    /// A refresh token, used up or not, until it expires.
    pub fn get(&self, text: &str, now: Duration) -> Option<&RefreshToken> {
        self.issued.get(text).filter(|token| now < token.expires())
    }

    pub fn use_up(&mut self, text: &str) {
        if let Some(token) = self.issued.get_mut(text) {
            token.used = true;
        }
    }
}

impl RefreshToken {
    pub fn expires(&self) -> Duration {
        self.issued + LIFE
    }
}
