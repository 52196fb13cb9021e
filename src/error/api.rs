//! Failures that the API reports in its envelope.

use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{ApiCode, ApiStatus};
use crate::types::lenient;

/// A failure that the API reported.
#[derive(Clone)]
#[non_exhaustive]
pub struct ApiError {
    /// The API's own status. It is 200 where the API passed another service's error through.
    pub api_status: ApiStatus,
    /// The HTTP status of the response; mostly 200.
    pub status: StatusCode,
    /// What exactly failed.
    pub api_code: Option<ApiCode>,
    /// The server's message, in the language of the request.
    pub message: String,
    /// The id of the request in the server's logs.
    pub request_id: Option<String>,
    /// The response's `data`: for some failures, what the next step needs. `Debug` does not show it;
    /// [`data_as`](Self::data_as) decodes it.
    pub data: Option<Value>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) throttled: bool,
    pub(crate) transient: bool,
}

impl ApiError {
    /// Decodes the failure's `data` as a type of [`types`](crate::types); `None` if it has another form.
    ///
    /// ```
    /// # fn example(error: genauth::ApiError) {
    /// use genauth::types::MfaRequiredDto;
    ///
    /// if let Some(next) = error.data_as::<MfaRequiredDto>() {
    ///     println!("a second factor is needed: {next:?}");
    /// }
    /// # }
    /// ```
    pub fn data_as<T: DeserializeOwned>(&self) -> Option<T> {
        lenient::read(self.data.as_ref()?).ok()
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("api_status", &self.api_status)
            .field("status", &self.status)
            .field("api_code", &self.api_code)
            .field("message", &self.message)
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("API error")?;
        if let Some(code) = self.api_code {
            write!(f, " {code}")?;
        }
        write!(f, ": {} (status {}", self.message, self.api_status)?;
        if let Some(id) = &self.request_id {
            write!(f, ", request {id}")?;
        }
        f.write_str(")")
    }
}

impl std::error::Error for ApiError {}
