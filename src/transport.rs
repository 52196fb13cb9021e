//! The one place where a request leaves and its answer arrives.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use progenitor_client::{ByteStream, ClientHooks, Error as ClientError, OperationInfo, ResponseValue};
use reqwest::header::{HeaderMap, HeaderName};
use url::Url;

use crate::error::{ConfigError, TransportError, root_cause};
use crate::operation::Sent;
use crate::{Error, Result, generated};

/// What one call's request needs beside what its operation says.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub host: Url,
    /// The application's.
    pub headers: Arc<HeaderMap>,
    /// The call's, which win.
    pub own_headers: HeaderMap,
    pub timeout: Duration,
}

impl Prepared {
    /// The address of this path, which begins with that of the host.
    pub fn url(&self, path: &str) -> Url {
        let mut url = self.host.clone();
        url.set_path(path);
        url
    }
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
        for (name, value) in self.inner.headers.iter().chain(&self.inner.own_headers) {
            headers.insert(name.clone(), value.clone());
        }
        *request.timeout_mut() = Some(self.inner.timeout);
        Ok(())
    }
}

/// An answer as it arrived, whatever it says.
pub struct Received {
    pub response: ResponseValue<ByteStream>,
    pub body: Bytes,
}

/// Reads the answer, up to `limit` bytes.
pub async fn receive(sent: Sent, limit: usize) -> Result<Received> {
    let mut response = match sent {
        Ok(response) | Err(ClientError::ErrorResponse(response)) => response,
        Err(ClientError::CommunicationError(error)) if error.is_builder() => {
            return Err(ConfigError::new("the request cannot be built", root_cause(&error)).into());
        }
        Err(ClientError::CommunicationError(error)) => return Err(TransportError::new(error, None).into()),
        Err(_) => return Err(ConfigError::new("the request cannot be built", "a parameter is no header value").into()),
    };
    let status = response.status();
    let mut body = Vec::new();
    while let Some(chunk) = response.next().await {
        let chunk = chunk.map_err(|error| TransportError::new(error, Some(status)))?;
        if body.len() + chunk.len() > limit {
            return Err(Error::TooLarge { status, limit });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Received { response, body: body.into() })
}
