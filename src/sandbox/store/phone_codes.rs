//! The codes of WeChat's phone button.

use std::collections::HashMap;
use std::time::Duration;

const LIFETIME: Duration = Duration::from_secs(5 * 60);

#[derive(Default)]
pub struct PhoneCodes {
    issued: HashMap<String, PhoneCode>,
}

struct PhoneCode {
    number: String,
    expires_at: Duration,
}

impl PhoneCodes {
    pub fn issue(&mut self, code: String, number: &str, now: Duration) {
        self.issued.insert(code, PhoneCode { number: number.to_owned(), expires_at: now + LIFETIME });
    }

    /// Takes the number of a code, which works once and until it expires.
    pub fn take(&mut self, code: &str, now: Duration) -> Option<String> {
        let entry = self.issued.remove(code)?;
        (now < entry.expires_at).then_some(entry.number)
    }
}
