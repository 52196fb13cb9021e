//! The codes that WeChat's phone button hands out.

use std::collections::HashMap;
use std::time::Duration;

const LIFE: Duration = Duration::from_secs(5 * 60);

#[derive(Default)]
pub struct PhoneCodes {
    issued: HashMap<String, PhoneCode>,
}

struct PhoneCode {
    number: String,
    expires: Duration,
}

impl PhoneCodes {
    pub fn issue(&mut self, code: String, number: &str, now: Duration) {
        self.issued.insert(code, PhoneCode { number: number.to_owned(), expires: now + LIFE });
    }

    /// The number behind a code, once and in time.
    pub fn take(&mut self, code: &str, now: Duration) -> Option<String> {
        let taken = self.issued.remove(code)?;
        (now < taken.expires).then_some(taken.number)
    }
}
