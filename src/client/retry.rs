//! Whether a call is retried, and after which delay.

use std::time::{Duration, SystemTime};

use backon::{BackoffBuilder, ExponentialBuilder};
use reqwest::header::{HeaderMap, RETRY_AFTER};

use crate::Error;

/// When a call is retried, and after which delays.
///
/// A call is retried if no connection was established, so that nothing was sent, or if its operation is idempotent and
/// the error [is transient](Error::is_transient). Any other call is never retried once a byte of it may have been sent:
/// a one-time code in it may be used up. Delays grow by exponential backoff with jitter; a response's `Retry-After`
/// makes them longer. All attempts and delays together stay within the call's timeout: if the next delay does not fit,
/// the error is returned at once.
///
/// ```
/// use std::time::Duration;
/// use genauth::{AuthenticationClient, RetryPolicy};
///
/// let never = AuthenticationClient::builder().retry_policy(RetryPolicy::never());
///
/// let policy = RetryPolicy::max_attempts(5).backoff(Duration::from_millis(100), Duration::from_secs(2));
/// let patient = AuthenticationClient::builder().retry_policy(policy);
/// ```
#[doc(alias = "Retries")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: usize,
    initial_delay: Duration,
    max_delay: Duration,
}

impl RetryPolicy {
    /// Never retries.
    #[doc(alias = "none")]
    pub fn never() -> Self {
        Self::max_attempts(1)
    }

    /// Sends a call at most this many times, the first attempt included.
    #[doc(alias = "new")]
    pub fn max_attempts(attempts: usize) -> Self {
        Self { max_attempts: attempts, initial_delay: Duration::from_millis(200), max_delay: Duration::from_secs(5) }
    }

    /// Sets the initial and the maximum delay, without jitter; the defaults are 200 milliseconds and 5 seconds.
    ///
    /// The delay doubles with each attempt, and jitter at most doubles it again. More than an hour counts as an hour.
    #[doc(alias = "pauses")]
    #[must_use]
    pub fn backoff(mut self, initial: Duration, max: Duration) -> Self {
        const HOUR: Duration = Duration::from_secs(60 * 60);
        self.max_delay = max.min(HOUR);
        self.initial_delay = initial.min(self.max_delay);
        self
    }

    /// The delay before the next attempt, after `retries` of them; `None` if there must not be one.
    pub(crate) fn next_delay(
        self,
        retries: usize,
        error: &Error,
        idempotent: bool,
        time_left: Duration,
    ) -> Option<Duration> {
        if !(error.is_connect() || idempotent && error.is_transient()) {
            return None;
        }
        let delays = ExponentialBuilder::new()
            .with_jitter()
            .with_min_delay(self.initial_delay)
            .with_max_delay(self.max_delay)
            .with_max_times(self.max_attempts.saturating_sub(1));
        let delay = delays.build().nth(retries)?.max(error.retry_after().unwrap_or_default());
        (delay < time_left).then_some(delay)
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
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
}
