//! The codes of WeChat's phone button.

use std::time::Duration;

use super::expiring::Expiring;

const LIFETIME: Duration = Duration::from_secs(5 * 60);

/// Phone numbers by their codes.
#[derive(Default)]
pub struct PhoneCodes {
    issued: Expiring<String>,
}

impl PhoneCodes {
    pub fn issue(&mut self, code: String, number: &str, now: Duration) {
        self.issued.insert(code, number.to_owned(), now, now + LIFETIME);
    }

    /// Takes the number of a code, which works once and until it expires.
    pub fn take(&mut self, code: &str, now: Duration) -> Option<String> {
        self.issued.take(code, now)
    }

    pub fn forget_expired(&mut self, now: Duration) {
        self.issued.forget_expired(now);
    }
}
