//! The sandbox's own clock, which can be put forward.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// As far as the clock can be put forward: times beyond the year 9999 have no ISO 8601 form.
const FARTHEST: Duration = Duration::from_secs(1_000 * 365 * 24 * 60 * 60);

#[derive(Default)]
pub struct Clock {
    ahead: Duration,
}

impl Clock {
    /// The time since 1970.
    pub fn now(&self) -> Duration {
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default() + self.ahead
    }

    pub fn advance(&mut self, time: Duration) {
        self.ahead = self.ahead.saturating_add(time).min(FARTHEST);
    }
}

/// A time since 1970 as ISO 8601.
pub fn iso8601(time: Duration) -> String {
    humantime::format_rfc3339_millis(UNIX_EPOCH + time).to_string()
}
