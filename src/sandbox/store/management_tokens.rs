//! The tokens that the access key was exchanged for, and the signatures that were used.

use std::time::Duration;

use super::expiring::Expiring;

pub const LIFETIME: Duration = Duration::from_secs(2 * 60 * 60);

#[derive(Default)]
pub struct ManagementTokens {
    issued: Expiring<()>,
    nonces: Expiring<()>,
}

impl ManagementTokens {
    pub fn issue(&mut self, token: String, now: Duration) {
        self.issued.insert(token, (), now, now + LIFETIME);
    }

    pub fn is_valid(&self, token: &str, now: Duration) -> bool {
        self.issued.get(token, now).is_some()
    }

    pub fn revoke_all(&mut self) {
        self.issued = Expiring::default();
    }

    /// `false` if a signature with this nonce was used before.
    pub fn use_nonce(&mut self, nonce: &str, now: Duration) -> bool {
        let is_new = self.nonces.get(nonce, now).is_none();
        self.nonces.insert(nonce.to_owned(), (), now, now + LIFETIME);
        is_new
    }

    pub fn forget_expired(&mut self, now: Duration) {
        self.issued.forget_expired(now);
        self.nonces.forget_expired(now);
    }
}
