//! Who is signed in, and on which device. Each sign-in is on a device of its own.

use std::time::Duration;

/// How long an access token lives.
pub const ACCESS_TOKEN_LIFE: Duration = Duration::from_secs(2 * 60 * 60);

#[derive(Default)]
pub struct Sessions {
    all: Vec<Session>,
}

pub struct Session {
    pub user_id: String,
    pub device_id: String,
    pub access_token: String,
    pub started: Duration,
    pub ended: bool,
}

impl Sessions {
    pub fn start(&mut self, session: Session) {
        self.all.push(session);
    }

    /// The user whom an access token stands for, as long as it does.
    pub fn user(&self, access_token: &str, now: Duration) -> Option<&str> {
        let session = self.all.iter().find(|session| session.access_token == access_token)?;
        session.is_open(now).then_some(&session.user_id)
    }

    /// The sessions on a user's devices, the latest first.
    pub fn of(&self, user_id: &str) -> impl Iterator<Item = &Session> {
        self.all.iter().rev().filter(move |session| session.user_id == user_id)
    }

    /// Ends the session on a device, which stays on the list; `false` if the user has no such device.
    pub fn end(&mut self, user_id: &str, device_id: &str) -> bool {
        let found = self.all.iter_mut().find(|session| session.user_id == user_id && session.device_id == device_id);
        found.map(|session| session.ended = true).is_some()
    }

    /// Forgets a device and its session; `false` if the user has no such device.
    pub fn remove(&mut self, user_id: &str, device_id: &str) -> bool {
        let before = self.all.len();
        self.all.retain(|session| session.user_id != user_id || session.device_id != device_id);
        self.all.len() < before
    }
}

impl Session {
    pub fn is_open(&self, now: Duration) -> bool {
        !self.ended && now < self.started + ACCESS_TOKEN_LIFE
    }
}
