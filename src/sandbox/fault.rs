//! What can go wrong between a caller and the service, on order.

use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use axum::http::response::Parts;
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use serde::{Serialize, Serializer};
use serde_json::json;

/// What goes wrong with a call.
///
/// With [`Delay`](Self::Delay) and [`TruncatedBody`](Self::TruncatedBody) the call takes effect and only its answer suffers; with the
/// others the service never sees it.
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
    /// The answer is so much late.
    Delay(Duration),
    /// The connection closes without an answer.
    ConnectionReset,
    /// The connection closes in the middle of the answer's body.
    TruncatedBody,
    /// A gateway answers 502, with a page in HTML.
    BadGateway,
    /// A gateway answers 503, with a page in HTML.
    ServiceUnavailable,
    /// The service answers 429, and with `Retry-After` when to come back, in whole seconds.
    Throttled {
        /// How long to stay away.
        retry_after: Duration,
    },
}

impl Fault {
    /// The names of all faults, as they are ordered over HTTP.
    pub(super) const NAMES: [&str; 6] =
        ["delay", "connection-reset", "truncated-body", "bad-gateway", "service-unavailable", "throttled"];

    /// The fault of this name; `time` for those that have one.
    pub(super) fn named(name: &str, time: Duration) -> Option<Self> {
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

    /// The answer that comes in place of the service's, which then never sees the call.
    pub(super) fn answer(self) -> Option<Response> {
        Some(match self {
            Self::Delay(_) | Self::TruncatedBody => return None,
            // hyper sends the head together with the first piece of the body, so this sends nothing at all.
            Self::ConnectionReset => Response::new(Body::from_stream(stream::once(async { broken() }))),
            Self::BadGateway => gateway_page(StatusCode::BAD_GATEWAY),
            Self::ServiceUnavailable => gateway_page(StatusCode::SERVICE_UNAVAILABLE),
            Self::Throttled { retry_after } => {
                let seconds = retry_after.as_secs().saturating_add(u64::from(retry_after.subsec_nanos() > 0));
                let body = json!({ "statusCode": 429, "message": "too many calls" }).to_string();
                let headers = [(CONTENT_TYPE, "application/json".to_owned()), (RETRY_AFTER, seconds.to_string())];
                (StatusCode::TOO_MANY_REQUESTS, headers, body).into_response()
            }
        })
    }
}

impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

fn broken() -> io::Result<Bytes> {
    Err(io::Error::other("a fault that was ordered"))
}

fn gateway_page(status: StatusCode) -> Response {
    let page = format!("<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>\n");
    (status, [(CONTENT_TYPE, "text/html")], page).into_response()
}

/// The answer with half of its body, and the connection closed after that.
pub fn cut_off(mut head: Parts, body: Bytes) -> Response {
    head.headers.insert(CONTENT_LENGTH, body.len().into());
    let half = stream::iter([Ok(body.slice(..body.len() / 2))]);
    // The pause lets the half leave before the connection breaks.
    let end = stream::once(async {
        tokio::task::yield_now().await;
        broken()
    });
    Response::from_parts(head, Body::from_stream(half.chain(end)))
}

/// The faults that are still to come.
#[derive(Default)]
pub struct Faults {
    ordered: Vec<Order>,
}

struct Order {
    fault: Fault,
    calls: usize,
    /// The only operation that it is for, if there is one.
    operation: Option<String>,
}

impl Faults {
    pub fn order(&mut self, fault: Fault, calls: usize, operation: Option<&str>) {
        self.ordered.push(Order { fault, calls, operation: operation.map(ToOwned::to_owned) });
    }

    pub fn clear(&mut self) {
        self.ordered.clear();
    }

    /// What goes wrong with a call of `operation`: of the orders that are for it, the oldest.
    pub fn next(&mut self, operation: Option<&str>) -> Option<Fault> {
        self.ordered.retain(|order| order.calls > 0);
        let is_meant = |order: &&mut Order| order.operation.is_none() || order.operation.as_deref() == operation;
        let order = self.ordered.iter_mut().find(is_meant)?;
        order.calls -= 1;
        Some(order.fault)
    }
}
