//! The opening handshake: upgrades an HTTP/1.1 connection to a WebSocket.

use std::future::ready;

use reqwest::header::{CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, UPGRADE};
use reqwest::{Response, StatusCode, Upgraded, Version};
use tokio_tungstenite::tungstenite::handshake::client::generate_key;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use url::Url;

use crate::Result;
use crate::client::core::ClientCore;
use crate::client::response;
use crate::error::{ConfigError, EventStreamError, TransportError};

const WEBSOCKET: &str = "websocket";

/// Opens a WebSocket at `url`, which contains the access token, unless the handshake is signed.
pub async fn connect(client: &ClientCore, url: Url) -> Result<Upgraded> {
    let key = generate_key();
    let request = client.http1(&url)?.get(url).version(Version::HTTP_11).timeout(client.options().timeout);
    let request = request
        .headers(client.handshake_headers()?)
        .header(CONNECTION, "Upgrade")
        .header(UPGRADE, WEBSOCKET)
        .header(SEC_WEBSOCKET_VERSION, "13")
        .header(SEC_WEBSOCKET_KEY, &key);
    let response = request.send().await.map_err(|error| TransportError::new(error, None))?;
    if response.version() == Version::HTTP_2 {
        let message = "`http_client` used HTTP/2 for the events host, but a WebSocket requires HTTP/1.1";
        return Err(ConfigError::new(message, "build it with `http1_only`").into());
    }
    let status = response.status();
    if status != StatusCode::SWITCHING_PROTOCOLS {
        let received = response::read_response(ready(Ok(response)), client.max_response_size()).await?;
        return Err(response::handshake_error(&received));
    }
    if !accepts(&response, &key) {
        return Err(EventStreamError::Protocol { reason: "invalid handshake response".to_owned() }.into());
    }
    response.upgrade().await.map_err(|error| TransportError::new(error, Some(status)).into())
}

fn accepts(response: &Response, key: &str) -> bool {
    let header = |name| response.headers().get(name).map_or(&b""[..], |value| value.as_bytes());
    header(UPGRADE).eq_ignore_ascii_case(WEBSOCKET.as_bytes())
        && header(SEC_WEBSOCKET_ACCEPT) == derive_accept_key(key.as_bytes()).as_bytes()
}
