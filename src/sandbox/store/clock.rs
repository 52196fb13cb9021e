//! The sandbox's clock, which can be advanced.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The clock is at most this far ahead: times after the year 9999 have no ISO 8601 form.
const MAX_OFFSET: Duration = Duration::from_secs(1_000 * 365 * 24 * 60 * 60);

#[derive(Default)]
pub struct Clock {
    offset: Duration,
}

impl Clock {
    /// The time since 1970.
    pub fn now(&self) -> Duration {
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default() + self.offset
    }

    pub fn advance(&mut self, time: Duration) {
        self.offset = self.offset.saturating_add(time).min(MAX_OFFSET);
    }
}

/// Formats a time since 1970 as ISO 8601.
pub fn iso8601(time: Duration) -> String {
    humantime::format_rfc3339_millis(UNIX_EPOCH + time).to_string()
}
