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
    /// How long the response may be cached, if it has no envelope and its headers say so.
    #[cfg(feature = "oidc")]
    #[cfg_attr(feature = "schemars", schemars(skip))]
    pub(crate) max_age: Option<std::time::Duration>,
    /// The data.
    pub data: T,
}

impl<T> Envelope<T> {
    /// A response that is nothing but data.
    #[cfg(feature = "dynamic")]
    pub(crate) fn of(data: T) -> Self {
        Self {
            api_status: ApiStatus::OK,
            message: String::new(),
            api_code: None,
            request_id: None,
            #[cfg(feature = "oidc")]
            max_age: None,
            data,
        }
    }

    #[cfg(feature = "dynamic")]
    pub(crate) fn map<U>(self, convert: impl FnOnce(T) -> U) -> Envelope<U> {
        Envelope {
            api_status: self.api_status,
            message: self.message,
            api_code: self.api_code,
            request_id: self.request_id,
            #[cfg(feature = "oidc")]
            max_age: self.max_age,
            data: convert(self.data),
        }
    }
}
