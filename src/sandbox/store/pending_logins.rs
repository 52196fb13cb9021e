//! Logins that wait for the user, who sees the login page.

use std::time::Duration;

use url::Url;

use super::authorization_codes::AuthorizationParams;
use super::browser_sessions::BrowserSession;
use super::expiring::Expiring;

/// The time that a user has to submit the login page.
const LIFETIME: Duration = Duration::from_secs(60 * 60);

#[derive(Default)]
pub struct PendingLogins {
    by_id: Expiring<PendingLogin>,
}

pub struct PendingLogin {
    pub target: RedirectTarget,
    pub requested: Requested,
    /// The session of a user who is signed in already, and only has to consent.
    pub signed_in: Option<BrowserSession>,
}

/// What the application requested.
pub enum Requested {
    Code(AuthorizationParams),
    /// A ticket for this service.
    Ticket(String),
}

/// The application's URL to which the browser returns, and how it takes the response parameters.
#[derive(Clone)]
pub struct RedirectTarget {
    pub url: Url,
    pub response_mode: ResponseMode,
    pub state: Option<String>,
}

#[derive(Clone, Copy)]
pub enum ResponseMode {
    Query,
    Fragment,
    FormPost,
}

impl PendingLogins {
    pub fn add(&mut self, id: String, login: PendingLogin, now: Duration) {
        self.by_id.insert(id, login, now, now + LIFETIME);
    }

    pub fn take(&mut self, id: &str, now: Duration) -> Option<PendingLogin> {
        self.by_id.take(id, now)
    }

    pub fn forget_expired(&mut self, now: Duration) {
        self.by_id.forget_expired(now);
    }
}
