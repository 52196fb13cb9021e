//! When a call is sent again, and after which pause.

use std::time::{Duration, SystemTime};

use backon::{BackoffBuilder, ExponentialBuilder};
use reqwest::header::{HeaderMap, RETRY_AFTER};

use crate::Error;

/// How often a call may be sent, where sending it again can do no harm.
///
/// A call is sent again only if nothing of it has left (there was no connection), or if its operation is a
/// read and the failure may pass: no answer, too many calls, a server in trouble. What is not a read is never
/// sent twice once a byte of it may have left: its one-time code may be used up. Pauses double from one to the
/// next, with up to as much again by chance; a server's `Retry-After` makes them longer. All attempts and
/// pauses together stay within the call's timeout: where the pause would not, the failure is returned at once.
///
/// ```
/// use std::time::Duration;
/// use genauth::{AuthenticationClient, RetryPolicy};
///
/// let builder = AuthenticationClient::builder();
/// let never = builder.retries(RetryPolicy::never());
/// # let builder = AuthenticationClient::builder();
/// let patient = builder.retries(RetryPolicy::max_attempts(5).backoff(Duration::from_millis(100), Duration::from_secs(2)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    attempts: usize,
    first_pause: Duration,
    longest_pause: Duration,
}

impl RetryPolicy {
    /// Sends every call once.
    pub fn never() -> Self {
        Self::max_attempts(1)
    }

    /// Sends a call at most so many times, the first one included.
    pub fn max_attempts(attempts: usize) -> Self {
        Self { attempts, first_pause: Duration::from_millis(200), longest_pause: Duration::from_secs(5) }
    }

    /// Waits so long before the second attempt, and no longer than this (plus chance) before any; 200
    /// milliseconds and 5 seconds unless set. More than an hour counts as an hour.
    #[must_use]
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        const HOUR: Duration = Duration::from_secs(60 * 60);
        self.longest_pause = longest.min(HOUR);
        self.first_pause = first.min(self.longest_pause);
        self
    }

    /// The pause before sending a call again that was sent again so often already; none if it must not be.
    pub(crate) fn pause(
        self,
        resends: usize,
        error: &Error,
        idempotent: bool,
        time_left: Duration,
    ) -> Option<Duration> {
        let nothing_sent = matches!(error, Error::Transport(error) if error.is_connect());
        if !(nothing_sent || idempotent && error.is_transient()) {
            return None;
        }
        let pauses = ExponentialBuilder::new()
            .with_jitter()
            .with_min_delay(self.first_pause)
            .with_max_delay(self.longest_pause)
            .with_max_times(self.attempts.saturating_sub(1));
        let pause = pauses.build().nth(resends)?.max(error.retry_after().unwrap_or_default());
        (pause < time_left).then_some(pause)
    }
}

impl Default for RetryPolicy {
    /// Three attempts.
    fn default() -> Self {
        Self::max_attempts(3)
    }
}

/// The header `Retry-After`, in seconds or as a date.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
}
