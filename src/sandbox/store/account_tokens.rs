//! The tokens between the two steps of a change to an account.

use std::time::Duration;

use super::expiring::Expiring;

const LIFETIME: Duration = Duration::from_secs(60);

#[derive(Default)]
pub struct AccountTokens {
    issued: Expiring<(String, Purpose)>,
}

/// What a token is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Deletion,
    PasswordReset,
}

impl AccountTokens {
    /// Issues a token for a user; returns how long it is valid.
    pub fn issue(&mut self, token: String, user_id: String, purpose: Purpose, now: Duration) -> Duration {
        self.issued.insert(token, (user_id, purpose), now, now + LIFETIME);
        LIFETIME
    }

    /// Takes a token, which works once; returns the id of its user.
    pub fn take(&mut self, token: &str, purpose: Purpose, now: Duration) -> Option<String> {
        self.issued.take(token, now).filter(|(_, own)| *own == purpose).map(|(user_id, _)| user_id)
    }

    pub fn forget_expired(&mut self, now: Duration) {
        self.issued.forget_expired(now);
    }
}
