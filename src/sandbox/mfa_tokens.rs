//! The tokens of users who still owe their second factor.

use std::collections::HashMap;
use std::time::Duration;

const LIFE: Duration = Duration::from_secs(30 * 60);

#[derive(Default)]
pub struct MfaTokens {
    issued: HashMap<String, MfaToken>,
}

pub struct MfaToken {
    pub user_id: String,
    pub issued: Duration,
    pub expires: Duration,
}

impl MfaTokens {
    pub fn issue(&mut self, token: String, user_id: &str, now: Duration) {
        self.issued.insert(token, MfaToken { user_id: user_id.to_owned(), issued: now, expires: now + LIFE });
    }

    pub fn get(&self, token: &str, now: Duration) -> Option<&MfaToken> {
        self.issued.get(token).filter(|token| now < token.expires)
    }
}
