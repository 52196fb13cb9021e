//! What the sandbox remembers.

use std::collections::HashMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How long WeChat's codes live.
const PHONE_CODE_LIFE: Duration = Duration::from_secs(5 * 60);

#[derive(Debug, Default)]
pub struct State {
    ahead: Duration,
    issued: u64,
    phone_codes: HashMap<String, PhoneCode>,
}

#[derive(Debug)]
struct PhoneCode {
    number: String,
    expires: Duration,
}

impl State {
    /// The time since 1970, by the sandbox's clock.
    pub fn now(&self) -> Duration {
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default() + self.ahead
    }

    pub fn advance_clock(&mut self, time: Duration) {
        self.ahead += time;
    }

    /// A number that no other call gets.
    pub fn serial(&mut self) -> u64 {
        self.issued += 1;
        self.issued
    }

    pub fn issue_phone_code(&mut self, number: &str) -> String {
        let code = format!("sandbox-phone-code-{}", self.serial());
        let expires = self.now() + PHONE_CODE_LIFE;
        self.phone_codes.insert(code.clone(), PhoneCode { number: number.to_owned(), expires });
        code
    }

    /// The number behind a code, once and in time.
    pub fn take_phone_number(&mut self, code: &str) -> Option<String> {
        let taken = self.phone_codes.remove(code)?;
        (self.now() < taken.expires).then_some(taken.number)
    }
}
