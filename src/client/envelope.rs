//! The envelope around a response's data.

use crate::{ApiCode, ApiStatus};

/// A full response: the data, and the API's message, code and request id.
///
/// [`Call::envelope`](crate::Call::envelope) returns one. A failure never comes in an envelope: it is an
/// [`ApiError`](crate::ApiError).
#[derive(Clone, Debug)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct Envelope<T> {
    /// The API's own status, 200. For a response without an envelope, its HTTP status.
    #[cfg_attr(feature = "schemars", schemars(rename = "statusCode"))]
    pub api_status: ApiStatus,
    /// The server's message, in the language of the request.
    pub message: String,
    /// The API's code; successful responses seldom have one.
    pub api_code: Option<ApiCode>,
    /// The id of the request in the server's logs, if the response has one.
    pub request_id: Option<String>,
    /// The data.
    pub data: T,
}
