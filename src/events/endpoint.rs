//! The WebSocket URL of an event stream.

use serde::Serialize;
use url::Url;

use crate::Brand;
use crate::client::core::ClientCore;
use crate::client::parse_events_host;
use crate::client::url::{BaseUrl, url_with_query};
use crate::error::ConfigError;

/// A WebSocket operation of the OpenAPI document.
pub(crate) struct WebSocketEndpoint {
    /// Its `operationId`.
    pub id: &'static str,
    pub path: &'static str,
    /// The query parameter for the access token; without one, the handshake is signed.
    pub token: Option<&'static str>,
    /// The parameter for the event type.
    pub event_type: &'static str,
    /// The host of a brand.
    pub host: fn(Brand) -> &'static str,
}

impl WebSocketEndpoint {
    /// The URL with its parameters, but without the access token.
    pub fn url(&self, client: &ClientCore, parameters: &impl Serialize) -> Result<Url, ConfigError> {
        url_with_query(&BaseUrl::new(&self.base_url(client)?), self.path, parameters)
    }

    /// The event type among the parameters.
    pub fn event_type(&self, parameters: &impl Serialize) -> String {
        let parameters = serde_json::to_value(parameters).unwrap_or_default();
        parameters[self.event_type].as_str().unwrap_or_default().to_owned()
    }

    /// The host that was set, else the brand's. The brand's host is used only by applications in the same domain, so
    /// that it receives no access tokens of other hosts.
    fn base_url(&self, client: &ClientCore) -> Result<Url, ConfigError> {
        if let Some(host) = client.events_host() {
            return Ok(host.clone());
        }
        let host = parse_events_host((self.host)(client.brand()), false)?;
        let domain = host.host_str().and_then(|name| name.split_once('.')).map_or("", |(_, domain)| domain);
        let app_host = client.host().host_str().unwrap_or_default();
        if app_host.strip_suffix(domain).is_some_and(|subdomain| subdomain.ends_with('.')) {
            return Ok(host);
        }
        let message = format!("no default events host for an application host outside {domain}");
        Err(ConfigError::new(message, "call `events_host` on the builder"))
    }
}
