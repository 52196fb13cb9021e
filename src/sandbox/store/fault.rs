//! Faults that are injected into requests.

use std::time::Duration;

use serde::{Serialize, Serializer};

/// What goes wrong with a request.
///
/// With [`Delay`](Self::Delay) and [`TruncatedBody`](Self::TruncatedBody), the request takes effect, and only its
/// response is faulty. With every other fault, the service never receives the request.
///
/// ```
/// # #[tokio::main]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use genauth::sandbox::{Fault, Sandbox};
///
/// let sandbox = Sandbox::start().await?;
/// let client = sandbox.client()?;
/// let code = sandbox.issue_phone_code("+8618812348888");
///
/// sandbox.inject_fault(Fault::TruncatedBody, 1);
/// let error = client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap_err();
/// assert!(matches!(error, genauth::Error::Transport(_)));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The response is delayed by this time.
    Delay(Duration),
    /// The connection closes without a response.
    ConnectionReset,
    /// The connection closes in the middle of the response's body.
    TruncatedBody,
    /// A gateway responds with 502 and an HTML page.
    BadGateway,
    /// A gateway responds with 503 and an HTML page.
    ServiceUnavailable,
    /// The service responds with 429 and a `Retry-After` header.
    Throttled {
        /// The value of `Retry-After`, rounded up to whole seconds.
        retry_after: Duration,
    },
}

impl Fault {
    /// The names of all faults in the body of `POST /_sandbox/faults`.
    pub(in crate::sandbox) const NAMES: [&str; 6] =
        ["delay", "connection-reset", "truncated-body", "bad-gateway", "service-unavailable", "throttled"];

    /// The fault of this name, with `time` if it has one.
    pub(in crate::sandbox) fn from_name(name: &str, time: Duration) -> Option<Self> {
        Some(match name {
            "delay" => Self::Delay(time),
            "connection-reset" => Self::ConnectionReset,
            "truncated-body" => Self::TruncatedBody,
            "bad-gateway" => Self::BadGateway,
            "service-unavailable" => Self::ServiceUnavailable,
            "throttled" => Self::Throttled { retry_after: time },
            _ => return None,
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::Delay(_) => "delay",
            Self::ConnectionReset => "connection-reset",
            Self::TruncatedBody => "truncated-body",
            Self::BadGateway => "bad-gateway",
            Self::ServiceUnavailable => "service-unavailable",
            Self::Throttled { .. } => "throttled",
        }
    }
}

impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// The faults that have not occurred yet.
#[derive(Default)]
pub struct Faults {
    pending: Vec<PendingFault>,
}

struct PendingFault {
    fault: Fault,
    /// The number of requests in which it has yet to occur.
    requests: usize,
    /// The operationId of those requests; `None` means any.
    operation: Option<String>,
}

impl Faults {
    pub fn inject(&mut self, fault: Fault, requests: usize, operation: Option<&str>) {
        self.pending.push(PendingFault { fault, requests, operation: operation.map(ToOwned::to_owned) });
    }

    pub fn clear(&mut self) {
        self.pending.clear();
    }

    /// The fault of the next request of `operation`: the oldest that applies to it.
    pub fn next(&mut self, operation: Option<&str>) -> Option<Fault> {
        self.pending.retain(|pending| pending.requests > 0);
        let is_for =
            |pending: &&mut PendingFault| pending.operation.is_none() || pending.operation.as_deref() == operation;
        let pending = self.pending.iter_mut().find(is_for)?;
        pending.requests -= 1;
        Some(pending.fault)
    }
}
