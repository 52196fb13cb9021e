//! The tokens of users whose sign-in requires a second factor.

use std::time::Duration;

use super::expiring::Expiring;

const LIFETIME: Duration = Duration::from_secs(30 * 60);

#[derive(Default)]
pub struct MfaTokens {
    issued: Expiring<MfaToken>,
}

pub struct MfaToken {
    pub user_id: String,
    pub issued_at: Duration,
    pub expires_at: Duration,
}

impl MfaTokens {
    pub fn issue(&mut self, value: String, user_id: &str, now: Duration) {
        let token = MfaToken { user_id: user_id.to_owned(), issued_at: now, expires_at: now + LIFETIME };
        self.issued.insert(value, token, now, now + LIFETIME);
    }

    pub fn get(&self, value: &str, now: Duration) -> Option<&MfaToken> {
        self.issued.get(value, now)
    }

    pub fn forget_expired(&mut self, now: Duration) {
        self.issued.forget_expired(now);
    }
}
