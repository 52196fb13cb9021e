//! The signed-in user of each browser; a cookie identifies the browser.

use std::time::Duration;

use super::expiring::Expiring;

/// How long a browser stays signed in.
const LIFETIME: Duration = Duration::from_secs(14 * 24 * 60 * 60);

#[derive(Default)]
pub struct BrowserSessions {
    by_cookie: Expiring<BrowserSession>,
}

#[derive(Clone)]
pub struct BrowserSession {
    pub user_id: String,
    /// When the user signed in.
    pub authenticated_at: Duration,
    /// Whether the user consents to everything without seeing a page.
    pub auto_consent: bool,
}

impl BrowserSessions {
    pub fn add(&mut self, cookie: String, session: BrowserSession) {
        let since = session.authenticated_at;
        self.by_cookie.insert(cookie, session, since, since + LIFETIME);
    }

    pub fn get(&self, cookie: &str, now: Duration) -> Option<&BrowserSession> {
        self.by_cookie.get(cookie, now)
    }

    pub fn end(&mut self, cookie: &str, now: Duration) {
        self.by_cookie.take(cookie, now);
    }

    pub fn forget_expired(&mut self, now: Duration) {
        self.by_cookie.forget_expired(now);
    }
}
