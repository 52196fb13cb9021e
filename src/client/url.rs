//! The URLs of operations: for calls, for browsers, and for WebSockets.

use std::borrow::Cow;
use std::{fmt, slice};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;
use serde_json::{Map, Value};
use url::{Host, Url};

use crate::client::core::ClientCore;
use crate::error::{ConfigError, Result};

/// What is encoded in a parameter, so that it stays one segment of the path.
const SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'/')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'`')
    .add(b'{')
    .add(b'}');

/// At least as long as the longest path of an operation.
const PLACEHOLDER: &str = "--------------------------------------------------------------------------------";

/// The base URL of an API. Its last segment is a placeholder, so that a clone has room for a path.
pub(crate) struct BaseUrl(Url);

impl BaseUrl {
    pub fn new(url: &Url) -> Self {
        let mut url = url.clone();
        let path = format!("{}/{PLACEHOLDER}", url.path().trim_end_matches('/'));
        url.set_path(&path);
        Self(url)
    }

    /// Appends the path of an operation, with `parameters` in place of their `{names}`.
    pub fn join(&self, template: &str, parameters: &[(&str, String)]) -> Result<Url, ConfigError> {
        let mut path = match template.contains('{') {
            true => Cow::Owned(expand(template, parameters)?),
            false => Cow::Borrowed(template),
        };
        let prefix = self.0.path().strip_suffix(PLACEHOLDER).unwrap_or_default().trim_end_matches('/');
        if !prefix.is_empty() {
            path = Cow::Owned(format!("{prefix}{path}"));
        }
        let mut url = self.0.clone();
        url.set_path(&path);
        // A parameter that the URL parser reads in its own way must not reach another path.
        if url.path() != path {
            return Err(ConfigError::new("a path parameter changes the path", "use the value that the API returned"));
        }
        Ok(url)
    }
}

/// Replaces each `{name}` of a path's template with the parameter of that name, encoded.
fn expand(template: &str, parameters: &[(&str, String)]) -> Result<String, ConfigError> {
    let mut parts = template.split('{');
    let mut path = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, literal) = part.split_once('}').unwrap_or((part, ""));
        let value = parameters.iter().find(|(parameter, _)| *parameter == name).map_or("", |(_, value)| value);
        // Even encoded, these would change the path.
        if matches!(value, "" | "." | "..") {
            let message = format!("path parameter `{name}` is empty or a dot segment");
            return Err(ConfigError::new(message, "use the value that the API returned"));
        }
        path.extend(utf8_percent_encode(value, SEGMENT));
        path.push_str(literal);
    }
    Ok(path)
}

/// The URL of an operation that the client does not call itself: parameters that are not in the path go into the query.
pub(crate) fn url_with_query(base: &BaseUrl, template: &str, parameters: &impl Serialize) -> Result<Url, ConfigError> {
    let parameters = match serde_json::to_value(parameters) {
        Ok(Value::Object(parameters)) => parameters,
        _ => Map::new(),
    };
    let parameters = parameters.iter().flat_map(|(name, value)| {
        let values = value.as_array().map_or(slice::from_ref(value), Vec::as_slice);
        values.iter().map(|value| (name.as_str(), string(value)))
    });
    let (path, query): (Vec<_>, Vec<_>) = parameters.partition(|(name, _)| template.contains(&format!("{{{name}}}")));
    let mut url = base.join(template, &path)?;
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(query);
    }
    Ok(url)
}

/// Whether a URL leads to this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn string(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}

/// A URL for a browser to open: set optional parameters, then call [`to_url`](Self::to_url).
///
/// ```
/// # fn example(client: genauth::AuthenticationClient) -> genauth::Result<()> {
/// let logout = client.build_logout_url().post_logout_redirect_uri("https://shop.example/bye").to_url()?;
/// assert!(logout.as_str().ends_with("/oidc/session/end?post_logout_redirect_uri=https%3A%2F%2Fshop.example%2Fbye"));
/// # Ok(())
/// # }
/// ```
#[doc(alias = "Address")]
#[must_use = "call `to_url` for the URL"]
#[derive(Clone)]
pub struct UrlBuilder<O> {
    client: ClientCore,
    pub(crate) operation: O,
}

/// An operation that a browser opens as a URL.
///
/// Implemented by the types of [`operations`](crate::operations) only.
#[doc(alias = "Addressed")]
pub trait UrlOperation: fmt::Debug + 'static {
    #[doc(hidden)]
    type Parameters: Serialize;
    /// The operationId.
    const ID: &'static str;
    #[doc(hidden)]
    const PATH: &'static str;

    #[doc(hidden)]
    fn parameters(&self) -> &Self::Parameters;
}

impl<O: UrlOperation> UrlBuilder<O> {
    pub(crate) fn new(client: &ClientCore, operation: O) -> Self {
        Self { client: client.clone(), operation }
    }

    /// Builds the URL, with every parameter encoded. It contains the parameters: do not log a URL with secret ones.
    ///
    /// # Errors
    ///
    /// [`Error::Config`](crate::Error::Config) if a path parameter is empty, `.` or `..`.
    pub fn to_url(&self) -> Result<Url> {
        Ok(url_with_query(self.client.base_url(), O::PATH, self.operation.parameters())?)
    }
}

impl<O: UrlOperation> fmt::Debug for UrlBuilder<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UrlBuilder").field("operation", &self.operation).finish_non_exhaustive()
    }
}

#[cfg(all(test, feature = "dynamic"))]
mod tests {
    use percent_encoding::percent_decode_str;
    use proptest::prelude::*;

    use super::*;
    use crate::spec::{OPERATIONS, ParameterLocation};

    proptest! {
        /// Of every operation and URL.
        #[test]
        fn path_parameter_stays_one_segment(
            value in prop_oneof![".{1,12}", r"[./\\%?#;:@&=+a \t\r\n]{1,12}", r"(\.\.[/\\]){1,4}[a-z-]{1,8}"],
            host in prop_oneof![Just("https://host"), Just("https://host/base/"), Just("http://127.0.0.1:8080")],
        ) {
            let base = BaseUrl::new(&Url::parse(host).unwrap());
            let prefix = Url::parse(host).unwrap().path().trim_end_matches('/').to_owned();
            for operation in OPERATIONS {
                let path = operation.parameters.iter().filter(|it| it.location == ParameterLocation::Path);
                let parameters: Vec<_> = path.map(|parameter| (parameter.name, value.clone())).collect();
                let joined = match base.join(operation.path, &parameters) {
                    Ok(url) => url,
                    Err(_) => {
                        prop_assert!(matches!(&*value, "." | ".."), "{} rejects {value:?}", operation.id);
                        continue;
                    }
                };
                prop_assert_eq!(joined.origin(), base.0.origin());
                prop_assert!(joined.query().is_none() && joined.fragment().is_none());
                let rest = joined.path().strip_prefix(&prefix).unwrap();
                let (sent, template): (Vec<_>, Vec<_>) = (rest.split('/').collect(), operation.path.split('/').collect());
                prop_assert_eq!(sent.len(), template.len());
                for (sent, template) in sent.into_iter().zip(template) {
                    let expected = if template.starts_with('{') { &value } else { template };
                    prop_assert_eq!(percent_decode_str(sent).decode_utf8().unwrap(), expected);
                }
            }
        }
    }
}
