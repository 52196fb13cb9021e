//! Authorization codes of OAuth 2.0.

use std::time::Duration;

use super::expiring::Expiring;

const LIFETIME: Duration = Duration::from_secs(60);

#[derive(Default)]
pub struct AuthorizationCodes {
    issued: Expiring<AuthorizationCode>,
}

#[derive(Clone)]
pub struct AuthorizationCode {
    pub params: AuthorizationParams,
    pub user_id: String,
    /// When the user signed in.
    pub authenticated_at: Duration,
    pub issued_at: Duration,
    /// The device of the session that was started with the code, once it is used.
    pub used_by_device: Option<String>,
}

/// The parameters of an authorization request that the token request is checked against.
#[derive(Clone)]
pub struct AuthorizationParams {
    pub redirect_uri: String,
    pub scope: String,
    pub nonce: Option<String>,
    /// The PKCE challenge, by the method `S256`.
    pub code_challenge: Option<String>,
}

impl AuthorizationCodes {
    pub fn add(&mut self, code: String, entry: AuthorizationCode) {
        let issued_at = entry.issued_at;
        self.issued.insert(code, entry, issued_at, issued_at + LIFETIME);
    }

    /// A code that has not expired, used or not.
    pub fn get(&self, code: &str, now: Duration) -> Option<&AuthorizationCode> {
        self.issued.get(code, now)
    }

    pub fn mark_used(&mut self, code: &str, device_id: &str) {
        if let Some(entry) = self.issued.get_mut(code) {
            entry.used_by_device = Some(device_id.to_owned());
        }
    }

    pub fn forget_expired(&mut self, now: Duration) {
        self.issued.forget_expired(now);
    }
}
