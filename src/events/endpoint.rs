//! Where a line leads.

use serde::Serialize;
use url::Url;

use crate::client::parse_events_host;
use crate::client::url::{BaseUrl, url_with_query};
use crate::error::ConfigError;
use crate::{AuthenticationClient, Brand};

/// A line, as the description has it.
pub(crate) struct WebSocketEndpoint {
    /// Its operationId.
    pub id: &'static str,
    pub path: &'static str,
    /// The member of the query that takes the access token.
    pub token: &'static str,
    /// The parameter with the event's code.
    pub code: &'static str,
    /// A brand's host.
    pub host: fn(Brand) -> &'static str,
}

impl WebSocketEndpoint {
    /// The address with its parameters, but for the token.
    pub fn url(&self, client: &AuthenticationClient, parameters: &impl Serialize) -> Result<Url, ConfigError> {
        url_with_query(&BaseUrl::new(&self.base(client)?), self.path, parameters)
    }

    /// The code among the parameters.
    pub fn code(&self, parameters: &impl Serialize) -> String {
        let parameters = serde_json::to_value(parameters).unwrap_or_default();
        parameters[self.code].as_str().map(ToOwned::to_owned).unwrap_or_default()
    }

    /// The host: the one that was set, else the brand's, which gets no tokens of hosts that are not its own.
    fn base(&self, client: &AuthenticationClient) -> Result<Url, ConfigError> {
        if let Some(host) = client.events_host() {
            return Ok(host.clone());
        }
        let host = parse_events_host((self.host)(client.brand()), false)?;
        let domain = host.host_str().and_then(|host| host.split_once('.')).map_or("", |(_, domain)| domain);
        let own = client.host().host_str().and_then(|own| own.strip_suffix(domain)).is_some_and(|l| l.ends_with('.'));
        if own {
            return Ok(host);
        }
        let what = format!("the application's host is none of {domain}, so where its events come from is not known");
        Err(ConfigError::new(what, "call `events_host` of the builder"))
    }
}
