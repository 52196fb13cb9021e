//! The one place where a request leaves and its answer arrives.

use bytes::Bytes;
use progenitor_client::Error as ClientError;
use reqwest::header::HeaderMap;
use reqwest::{Response, StatusCode};
use url::Url;

use crate::error::{ConfigError, TransportError, root_cause};
use crate::{Error, Result};

/// The address of this path, which begins with that of the host.
pub fn at(host: &Url, path: &str) -> Url {
    let mut url = host.clone();
    url.set_path(path);
    url
}

/// The host with so long a path that the copies which [`at`] makes have room for an operation's, and need not grow.
pub fn with_room(host: &Url) -> Url {
    at(host, &"-".repeat(host.path().len() + 80))
}

/// Why there is no request.
pub fn not_built(error: ClientError<()>) -> Error {
    match error {
        ClientError::CommunicationError(error) => unbuildable(&error),
        _ => ConfigError::new("the request cannot be built", "a parameter is no header value").into(),
    }
}

fn unbuildable(error: &reqwest::Error) -> Error {
    ConfigError::new("the request cannot be built", root_cause(error)).into()
}

/// An answer as it arrived, whatever it says.
pub struct RawResponse {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// Waits for the answer to a request that is sent, and reads it, up to `limit` bytes.
pub async fn receive(sent: impl Future<Output = reqwest::Result<Response>>, limit: usize) -> Result<RawResponse> {
    let mut response = sent.await.map_err(|error| match error.is_builder() {
        true => unbuildable(&error),
        false => TransportError::new(error, None).into(),
    })?;
    let status = response.status();
    let (mut body, mut more) = (Bytes::new(), Vec::new());
    while let Some(chunk) = response.chunk().await.map_err(|error| TransportError::new(error, Some(status)))? {
        if body.len() + more.len() + chunk.len() > limit {
            return Err(Error::ResponseTooLarge { status, limit });
        }
        // Mostly there is one chunk, which needs no copy.
        if body.is_empty() { body = chunk } else { more.extend_from_slice(&chunk) }
    }
    if !more.is_empty() {
        body = [&body[..], &more].concat().into();
    }
    Ok(RawResponse { status, headers: std::mem::take(response.headers_mut()), body })
}
