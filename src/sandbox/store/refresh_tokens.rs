//! Refresh tokens, each of which works once and is then replaced.

use std::time::Duration;

use super::expiring::Expiring;

pub const LIFETIME: Duration = Duration::from_secs(30 * 24 * 60 * 60);

#[derive(Default)]
pub struct RefreshTokens {
    issued: Expiring<RefreshToken>,
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
        let (issued_at, expires_at) = (token.issued_at, token.expires_at());
        self.issued.insert(value, token, issued_at, expires_at);
    }

    /// A refresh token that has not expired, used or not.
    pub fn get(&self, value: &str, now: Duration) -> Option<&RefreshToken> {
        self.issued.get(value, now)
    }

    pub fn mark_used(&mut self, value: &str) {
        if let Some(token) = self.issued.get_mut(value) {
            token.used = true;
        }
    }

    pub fn forget_expired(&mut self, now: Duration) {
        self.issued.forget_expired(now);
    }
}

impl RefreshToken {
    pub fn expires_at(&self) -> Duration {
        self.issued_at + LIFETIME
    }
}
