//! The tokens of users whose sign-in requires a second factor.

use std::collections::HashMap;
use std::time::Duration;

const LIFETIME: Duration = Duration::from_secs(30 * 60);

#[derive(Default)]
pub struct MfaTokens {
    issued: HashMap<String, MfaToken>,
}

pub struct MfaToken {
    pub user_id: String,
    pub issued_at: Duration,
    pub expires_at: Duration,
}

impl MfaTokens {
    pub fn issue(&mut self, value: String, user_id: &str, now: Duration) {
        let token = MfaToken { user_id: user_id.to_owned(), issued_at: now, expires_at: now + LIFETIME };
        self.issued.insert(value, token);
    }

    pub fn get(&self, value: &str, now: Duration) -> Option<&MfaToken> {
        self.issued.get(value).filter(|token| now < token.expires_at)
    }
}
