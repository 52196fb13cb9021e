//! The one place where a request leaves and its answer arrives.

use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use progenitor_client::{ClientHooks, Error as ClientError, OperationInfo};
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName};

use crate::error::{ConfigError, TransportError, root_cause};
use crate::operation::Sent;
use crate::{Error, Result, generated};

/// What one call's request needs beside what its operation says.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub headers: HeaderMap,
    pub timeout: Duration,
}

impl ClientHooks<Prepared> for generated::Client {
    async fn pre<E>(
        &self,
        request: &mut reqwest::Request,
        _: &OperationInfo,
    ) -> std::result::Result<(), ClientError<E>> {
        let headers = request.headers_mut();
        // progenitor's own header, which the API does not know.
        headers.remove(HeaderName::from_static("api-version"));
        headers.extend(self.inner.headers.clone());
        *request.timeout_mut() = Some(self.inner.timeout);
        Ok(())
    }
}

/// An answer as it arrived, whatever it says.
pub struct Received {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// Reads the answer, up to `limit` bytes.
pub async fn receive(sent: Sent, limit: usize) -> Result<Received> {
    let response = match sent {
        Ok(response) | Err(ClientError::ErrorResponse(response)) => response,
        Err(ClientError::CommunicationError(error)) if error.is_builder() => {
            return Err(ConfigError::new("the request cannot be built", root_cause(&error)).into());
        }
        Err(ClientError::CommunicationError(error)) => return Err(TransportError::new(error, None).into()),
        Err(_) => return Err(ConfigError::new("the request cannot be built", "a parameter is no header value").into()),
    };
    let (status, headers) = (response.status(), response.headers().clone());
    let mut stream = response.into_inner_stream();
    let mut body = Vec::new();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|error| TransportError::new(error, Some(status)))?;
        if body.len() + chunk.len() > limit {
            return Err(Error::TooLarge { status, limit });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Received { status, headers, body: body.into() })
}
