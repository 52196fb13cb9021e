//! The signed-in user of each browser; a cookie identifies the browser.

use std::collections::HashMap;
use std::time::Duration;

#[derive(Default)]
pub struct BrowserSessions {
    by_cookie: HashMap<String, BrowserSession>,
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
        self.by_cookie.insert(cookie, session);
    }

    pub fn get(&self, cookie: &str) -> Option<&BrowserSession> {
        self.by_cookie.get(cookie)
    }

    pub fn end(&mut self, cookie: &str) {
        self.by_cookie.remove(cookie);
    }
}
