//! The codes that browsers bring back to an application.

use std::collections::HashMap;
use std::time::Duration;

const LIFE: Duration = Duration::from_secs(60);

#[derive(Default)]
pub struct Codes {
    issued: HashMap<String, Code>,
}

#[derive(Clone)]
pub struct Code {
    pub asked: Asked,
    pub user_id: String,
    /// When the user logged in.
    pub authenticated: Duration,
    pub issued: Duration,
    /// The device of the sign-in that came of it.
    pub used_on: Option<String>,
}

/// What an application asked for, to be compared with what it brings along with the code.
#[derive(Clone)]
pub struct Asked {
    pub redirect_uri: String,
    pub scope: String,
    pub nonce: Option<String>,
    /// The PKCE challenge, made by SHA-256.
    pub challenge: Option<String>,
}

impl Codes {
    pub fn add(&mut self, text: String, code: Code) {
        self.issued.insert(text, code);
    }

    /// A code, used up or not, until it expires.
    pub fn get(&self, text: &str, now: Duration) -> Option<&Code> {
        self.issued.get(text).filter(|code| now < code.issued + LIFE)
    }

    pub fn use_up(&mut self, text: &str, device_id: &str) {
        if let Some(code) = self.issued.get_mut(text) {
            code.used_on = Some(device_id.to_owned());
        }
    }
}
