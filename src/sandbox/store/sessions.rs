//! The sessions of signed-in users; each sign-in is on a device of its own.

use std::cmp::Reverse;
use std::time::Duration;

use super::expiring::Expiring;
use super::refresh_tokens;

#[derive(Default)]
pub struct Sessions {
    by_device: Expiring<Session>,
}

#[derive(Clone)]
pub struct Session {
    /// Larger than that of every earlier session.
    pub serial: u64,
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
        let now = session.started_at;
        self.by_device.insert(session.device_id.clone(), session, now, now + refresh_tokens::LIFETIME);
    }

    /// The session on a device, unless its last refresh token has expired.
    pub fn get(&self, device_id: &str, now: Duration) -> Option<&Session> {
        self.by_device.get(device_id, now)
    }

    /// Whether a session has not been ended, so that its tokens work until they expire.
    pub fn is_active(&self, device_id: &str, now: Duration) -> bool {
        self.get(device_id, now).is_some_and(|session| !session.ended)
    }

    /// Keeps a session whose tokens have been renewed.
    pub fn extend(&mut self, device_id: &str, now: Duration, expires_at: Duration) {
        if let Some(session) = self.by_device.get_mut(device_id) {
            session.expires_at = expires_at;
        }
        self.by_device.extend(device_id, now + refresh_tokens::LIFETIME);
    }

    /// The sessions of a user, the latest first.
    pub fn of_user(&self, user_id: &str) -> impl Iterator<Item = &Session> {
        let mut sessions: Vec<_> = self.by_device.values().filter(|session| session.user_id == user_id).collect();
        sessions.sort_by_key(|session| Reverse(session.serial));
        sessions.into_iter()
    }

    /// Ends the session on a device, which stays in the list; `false` if the user has no such device.
    pub fn end(&mut self, user_id: &str, device_id: &str) -> bool {
        let found = self.by_device.get_mut(device_id).filter(|session| session.user_id == user_id);
        found.map(|session| session.ended = true).is_some()
    }

    /// Ends all sessions of a user.
    pub fn end_all(&mut self, user_id: &str) {
        self.by_device
            .values_mut()
            .filter(|session| session.user_id == user_id)
            .for_each(|session| session.ended = true);
    }

    /// Removes a device and its session; `false` if the user has no such device.
    pub fn remove(&mut self, user_id: &str, device_id: &str, now: Duration) -> bool {
        let is_own = self.get(device_id, now).is_some_and(|session| session.user_id == user_id);
        is_own && self.by_device.take(device_id, now).is_some()
    }

    pub fn forget_expired(&mut self, now: Duration) {
        self.by_device.forget_expired(now);
    }
}

impl Session {
    /// Whether a user is online with it.
    pub fn is_online(&self, now: Duration) -> bool {
        !self.ended && now < self.expires_at
    }
}
