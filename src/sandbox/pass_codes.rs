//! Pass codes: sent for one purpose to one address, good once and for a while.

use std::time::Duration;

use super::recipient::Address;

const LIFE: Duration = Duration::from_secs(5 * 60);

#[derive(Default)]
pub struct PassCodes {
    sent: Vec<PassCode>,
}

struct PassCode {
    address: Address,
    channel: String,
    code: String,
    expires: Duration,
    used: bool,
}

impl PassCodes {
    /// Sends a code, which takes the place of an earlier one to the same address on the same channel.
    /// `serial` is a number that no other code has.
    pub fn send(&mut self, address: Address, channel: &str, serial: u64, now: Duration) {
        self.sent.retain(|sent| sent.address != address || sent.channel != channel);
        self.sent.push(PassCode {
            address,
            channel: channel.to_owned(),
            code: six_digits(serial),
            expires: now + LIFE,
            used: false,
        });
    }

    /// The code that was sent to an address last.
    pub fn last(&self, address: &Address) -> Option<&str> {
        self.sent.iter().rev().find(|sent| sent.address == *address).map(|sent| sent.code.as_str())
    }

    /// Whether a code is good, without using it up.
    pub fn is_good(&self, address: &Address, channel: &str, code: &str, now: Duration) -> bool {
        self.sent.iter().any(|sent| sent.is(address, channel, code, now))
    }

    /// Uses a code up; `false` if it was no good.
    pub fn take(&mut self, address: &Address, channel: &str, code: &str, now: Duration) -> bool {
        let found = self.sent.iter_mut().find(|sent| sent.is(address, channel, code, now));
        found.map(|sent| sent.used = true).is_some()
    }
}

impl PassCode {
    fn is(&self, address: &Address, channel: &str, code: &str, now: Duration) -> bool {
        !self.used && now < self.expires && self.address == *address && self.channel == channel && self.code == code
    }
}

/// Scatters serial numbers, so that no code is its neighbour's plus one; no two of a million are the same.
fn six_digits(serial: u64) -> String {
    let scattered = serial.wrapping_mul(382_597).wrapping_add(271_828) % 1_000_000;
    format!("{scattered:06}")
}
