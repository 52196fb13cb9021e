//! The requests that the sandbox has received.

use std::collections::VecDeque;
use std::collections::vec_deque::Iter;

use serde::Serialize;
use serde_json::Value;
use tokio::sync::watch;

use super::fault::Fault;
use crate::DateTime;

/// The number of requests that the log holds; each further one replaces the oldest.
const CAPACITY: usize = 1_000;

/// A request that the sandbox has received, without secrets.
///
/// It has no headers. Of parameters and body it has what the OpenAPI document declares, with secrets redacted and phone
/// numbers masked. As JSON, its names are in camel case.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ReceivedRequest {
    /// The number of the request: 1 for the first that the sandbox received.
    pub number: u64,
    /// When it was received, by the sandbox's clock.
    pub received_at: DateTime,
    /// The operationId; none if the API has no such operation.
    pub operation: Option<String>,
    /// The HTTP method.
    pub method: String,
    /// The path template, such as `/users/{id}`; none if the API has no such path.
    pub path: Option<String>,
    /// Parameters and body, in one object.
    pub arguments: Value,
    /// The HTTP status of the response; none if no response was sent.
    pub status: Option<u16>,
    /// The status in the API's envelope, if the response has one.
    pub api_status: Option<i64>,
    /// The API's error code, or that of the upstream service, if the request was rejected with one.
    pub api_code: Option<i64>,
    /// The message in the response.
    pub message: Option<String>,
    /// The fault that was injected.
    pub fault: Option<Fault>,
}

/// The latest requests, and a notification of new ones.
pub struct RequestLog {
    requests: VecDeque<ReceivedRequest>,
    last_number: watch::Sender<u64>,
}

impl Default for RequestLog {
    fn default() -> Self {
        Self { requests: VecDeque::new(), last_number: watch::Sender::new(0) }
    }
}

impl RequestLog {
    /// Adds a request and numbers it.
    pub fn add(&mut self, mut request: ReceivedRequest) {
        let number = *self.last_number.borrow() + 1;
        request.number = number;
        if self.requests.len() == CAPACITY {
            self.requests.pop_front();
        }
        self.requests.push_back(request);
        self.last_number.send_replace(number);
    }

    /// The oldest first.
    pub fn iter(&self) -> Iter<'_, ReceivedRequest> {
        self.requests.iter()
    }

    /// The first request after the one of this number.
    pub fn after(&self, number: u64) -> Option<&ReceivedRequest> {
        self.requests.iter().find(|request| request.number > number)
    }

    /// The number of the last request, as it changes.
    pub fn last_number(&self) -> watch::Receiver<u64> {
        self.last_number.subscribe()
    }
}
