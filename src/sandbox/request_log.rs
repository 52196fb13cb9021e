//! The calls that the sandbox has received.

use std::collections::VecDeque;
use std::collections::vec_deque::Iter;

use serde::Serialize;
use serde_json::Value;
use tokio::sync::watch;

use super::fault::Fault;
use crate::DateTime;

/// As many are kept.
const KEPT: usize = 1_000;

/// A call that the sandbox has received, with nothing secret in it: no header, and of parameters and body only what
/// the description has, secrets hidden and phone numbers masked.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ReceivedRequest {
    /// 1 for the sandbox's first call, and one more for each that follows.
    pub number: u64,
    /// When it came, by the sandbox's clock.
    pub time: DateTime,
    /// Its operationId, if the description has such an operation.
    pub operation: Option<String>,
    /// The HTTP method.
    pub method: String,
    /// The path's template, such as `/users/{id}`, if the description has such a path.
    pub path: Option<String>,
    /// Parameters and body, in one object.
    pub request: Value,
    /// The answer's HTTP status, if an answer came.
    pub http_status: Option<u16>,
    /// The API's own status, if the answer has one.
    pub status_code: Option<i64>,
    /// What exactly was refused, if something was.
    pub api_code: Option<i64>,
    /// The answer in words.
    pub message: Option<String>,
    /// What went wrong with it on order.
    pub fault: Option<Fault>,
}

/// The last calls, and word of new ones.
pub struct Calls {
    kept: VecDeque<ReceivedRequest>,
    newest: watch::Sender<u64>,
}

impl Default for Calls {
    fn default() -> Self {
        Self { kept: VecDeque::new(), newest: watch::Sender::new(0) }
    }
}

impl Calls {
    /// Keeps a call, and gives it its number.
    pub fn add(&mut self, mut call: ReceivedRequest) {
        call.number = *self.newest.borrow() + 1;
        let number = call.number;
        if self.kept.len() == KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back(call);
        self.newest.send_replace(number);
    }

    /// The oldest first.
    pub fn iter(&self) -> Iter<'_, ReceivedRequest> {
        self.kept.iter()
    }

    /// The first one that came after the call of this number.
    pub fn after(&self, number: u64) -> Option<&ReceivedRequest> {
        self.kept.iter().find(|call| call.number > number)
    }

    /// The number of the newest, as it changes.
    pub fn newest(&self) -> watch::Receiver<u64> {
        self.newest.subscribe()
    }
}
