//! Logins that wait for the user, who sees the login page.

use std::collections::HashMap;

use url::Url;

use super::authorization_codes::AuthorizationParams;
use super::browser_sessions::BrowserSession;

#[derive(Default)]
pub struct PendingLogins {
    by_id: HashMap<String, PendingLogin>,
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
    pub fn add(&mut self, id: String, login: PendingLogin) {
        self.by_id.insert(id, login);
    }

    pub fn take(&mut self, id: &str) -> Option<PendingLogin> {
        self.by_id.remove(id)
    }
}
