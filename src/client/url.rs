//! Addresses that a browser opens, and that the client itself never calls.

use std::fmt;

use reqwest::Url;
use serde::Serialize;
use serde_json::Value;

use crate::error::ConfigError;
use crate::{AuthenticationClient, Result};

/// An address for a browser: set what is optional, then take its [`to_url`](Self::to_url).
///
/// ```
/// # fn example(client: genauth::AuthenticationClient) -> genauth::Result<()> {
/// let logout = client.build_logout_url().post_logout_redirect_uri("https://shop.example/bye").to_url()?;
/// assert!(logout.as_str().ends_with("/oidc/session/end?post_logout_redirect_uri=https%3A%2F%2Fshop.example%2Fbye"));
/// # Ok(())
/// # }
/// ```
#[must_use = "an address does nothing before `to_url`"]
#[derive(Clone)]
pub struct UrlBuilder<A> {
    client: AuthenticationClient,
    pub(crate) operation: A,
}

/// An operation of the description that is an address.
///
/// Implemented by the types of [`operations`](crate::operations) alone.
pub trait UrlOperation: fmt::Debug + 'static {
    #[doc(hidden)]
    type Parameters: Serialize;
    /// Its operationId.
    const ID: &'static str;
    #[doc(hidden)]
    const PATH: &'static str;

    #[doc(hidden)]
    fn parameters(&self) -> &Self::Parameters;
}

impl<A: UrlOperation> UrlBuilder<A> {
    pub(crate) fn new(client: &AuthenticationClient, operation: A) -> Self {
        Self { client: client.clone(), operation }
    }

    /// The whole address, everything in it encoded. It holds what was put into it: think before you log it.
    ///
    /// # Errors
    ///
    /// When a part of the path is empty or a dot, which would lead elsewhere.
    pub fn to_url(&self) -> Result<Url> {
        Ok(url(self.client.host(), A::PATH, self.operation.parameters())?)
    }
}

/// The address of `path` at `host`, with the parameters in its places and the rest of them in the query.
pub(crate) fn url(host: &Url, path: &str, parameters: &impl Serialize) -> Result<Url, ConfigError> {
    let mut parameters = match serde_json::to_value(parameters) {
        Ok(Value::Object(parameters)) => parameters,
        _ => serde_json::Map::new(),
    };
    let mut url = host.clone();
    let mut segments = Vec::new();
    for segment in path.split('/').skip(1) {
        let name = segment.strip_prefix('{').and_then(|segment| segment.strip_suffix('}'));
        let value = name.and_then(|name| parameters.remove(name));
        let value = value.map_or_else(|| segment.to_owned(), |value| text(&value));
        if ["", ".", ".."].contains(&value.as_str()) {
            let what = format!("`{}` is empty or a dot", name.unwrap_or("the path"));
            return Err(ConfigError::new(what, "give it the value that the API gave you"));
        }
        segments.push(value);
    }
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(segments);
    }
    if !parameters.is_empty() {
        url.query_pairs_mut().extend_pairs(parameters.iter().map(|(name, value)| (name, text(value))));
    }
    Ok(url)
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}

impl<A: UrlOperation> fmt::Debug for UrlBuilder<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Address").field("operation", &self.operation).finish_non_exhaustive()
    }
}
