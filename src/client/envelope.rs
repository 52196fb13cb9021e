//! The envelope around an answer.

use crate::{ApiCode, ApiStatus};

/// A whole answer: the data, and what the server said about the call.
///
/// [`Call::envelope`](crate::Call::envelope) returns one. A failure never comes in an envelope: it is an
/// [`ApiError`](crate::ApiError).
#[derive(Clone, Debug)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct Envelope<T> {
    /// The API's own status, 200. Answers without an envelope have their HTTP status here.
    #[cfg_attr(feature = "schemars", schemars(rename = "statusCode"))]
    pub api_status: ApiStatus,
    /// The outcome in words, in the language asked for.
    pub message: String,
    /// A finer code; successes seldom have one.
    pub api_code: Option<ApiCode>,
    /// Names the request in the server's logs, if the server said so.
    pub request_id: Option<String>,
    /// What was asked for.
    pub data: T,
}
