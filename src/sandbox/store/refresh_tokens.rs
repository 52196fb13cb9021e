//! Refresh tokens, each of which works once and is then replaced.

use std::collections::HashMap;
use std::time::Duration;

const LIFETIME: Duration = Duration::from_secs(30 * 24 * 60 * 60);

#[derive(Default)]
pub struct RefreshTokens {
    issued: HashMap<String, RefreshToken>,
}

#[derive(Clone)]
pub struct RefreshToken {
    pub user_id: String,
    /// The device on which the user signed in.
    pub device_id: String,
    pub scope: String,
    pub issued_at: Duration,
    pub used: bool,
}

impl RefreshTokens {
    pub fn add(&mut self, value: String, token: RefreshToken) {
        self.issued.insert(value, token);
    }

    /// A refresh token that has not expired, used or not.
    pub fn get(&self, value: &str, now: Duration) -> Option<&RefreshToken> {
        self.issued.get(value).filter(|token| now < token.expires_at())
    }

    pub fn mark_used(&mut self, value: &str) {
        if let Some(token) = self.issued.get_mut(value) {
            token.used = true;
        }
    }
}

impl RefreshToken {
    pub fn expires_at(&self) -> Duration {
        self.issued_at + LIFETIME
    }
}
