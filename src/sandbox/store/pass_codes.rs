//! Pass codes: each is sent to one recipient for one channel, works once, and expires.

use std::time::Duration;

use super::recipient::Recipient;

const LIFETIME: Duration = Duration::from_secs(5 * 60);

#[derive(Default)]
pub struct PassCodes {
    sent: Vec<PassCode>,
}

struct PassCode {
    recipient: Recipient,
    channel: String,
    code: String,
    expires_at: Duration,
    used: bool,
}

impl PassCodes {
    /// Sends a code, which replaces an earlier one to the same recipient on the same channel.
    /// `serial` is unique among codes.
    pub fn send(&mut self, recipient: Recipient, channel: &str, serial: u64, now: Duration) {
        self.sent.retain(|sent| now < sent.expires_at && (sent.recipient != recipient || sent.channel != channel));
        self.sent.push(PassCode {
            recipient,
            channel: channel.to_owned(),
            code: six_digits(serial),
            expires_at: now + LIFETIME,
            used: false,
        });
    }

    /// The last code that was sent to a recipient.
    pub fn last(&self, recipient: &Recipient) -> Option<&str> {
        self.sent.iter().rev().find(|sent| sent.recipient == *recipient).map(|sent| sent.code.as_str())
    }

    pub fn forget_expired(&mut self, now: Duration) {
        self.sent.retain(|sent| now < sent.expires_at);
        self.sent.shrink_to_fit();
    }

    /// Whether a code is valid; it stays usable.
    pub fn is_valid(&self, recipient: &Recipient, channel: &str, code: &str, now: Duration) -> bool {
        self.sent.iter().any(|sent| sent.matches(recipient, channel, code, now))
    }

    /// Uses a code; `false` if it is not valid.
    pub fn take(&mut self, recipient: &Recipient, channel: &str, code: &str, now: Duration) -> bool {
        let found = self.sent.iter_mut().find(|sent| sent.matches(recipient, channel, code, now));
        found.map(|sent| sent.used = true).is_some()
    }
}

impl PassCode {
    fn matches(&self, recipient: &Recipient, channel: &str, code: &str, now: Duration) -> bool {
        !self.used
            && now < self.expires_at
            && self.recipient == *recipient
            && self.channel == channel
            && self.code == code
    }
}

/// Scatters serial numbers, so that codes are not consecutive; the codes of a million serial numbers are distinct.
fn six_digits(serial: u64) -> String {
    let scattered = serial.wrapping_mul(382_597).wrapping_add(271_828) % 1_000_000;
    format!("{scattered:06}")
}
