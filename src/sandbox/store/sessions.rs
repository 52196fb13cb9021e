//! The sessions of signed-in users; each sign-in is on a device of its own.

use std::time::Duration;

#[derive(Default)]
pub struct Sessions {
    all: Vec<Session>,
}

#[derive(Clone)]
pub struct Session {
    pub user_id: String,
    pub device_id: String,
    pub started_at: Duration,
    /// When the user authenticated, which may have been in a browser, long before.
    pub authenticated_at: Duration,
    /// When the last of its access tokens expires.
    pub expires_at: Duration,
    pub ended: bool,
}

impl Sessions {
    pub fn start(&mut self, session: Session) {
        self.all.push(session);
    }

    pub fn get(&self, device_id: &str) -> Option<&Session> {
        self.all.iter().find(|session| session.device_id == device_id)
    }

    /// Whether a session has not been ended, so that its tokens work until they expire.
    pub fn is_active(&self, device_id: &str) -> bool {
        self.get(device_id).is_some_and(|session| !session.ended)
    }

    pub fn extend(&mut self, device_id: &str, expires_at: Duration) {
        if let Some(session) = self.all.iter_mut().find(|session| session.device_id == device_id) {
            session.expires_at = expires_at;
        }
    }

    /// The sessions of a user, the latest first.
    pub fn of_user(&self, user_id: &str) -> impl Iterator<Item = &Session> {
        self.all.iter().rev().filter(move |session| session.user_id == user_id)
    }

    /// Ends the session on a device, which stays in the list; `false` if the user has no such device.
    pub fn end(&mut self, user_id: &str, device_id: &str) -> bool {
        let found = self.all.iter_mut().find(|session| session.user_id == user_id && session.device_id == device_id);
        found.map(|session| session.ended = true).is_some()
    }

    /// Removes a device and its session; `false` if the user has no such device.
    pub fn remove(&mut self, user_id: &str, device_id: &str) -> bool {
        let before = self.all.len();
        self.all.retain(|session| session.user_id != user_id || session.device_id != device_id);
        self.all.len() < before
    }
}

impl Session {
    /// Whether a user is online with it.
    pub fn is_online(&self, now: Duration) -> bool {
        !self.ended && now < self.expires_at
    }
}
