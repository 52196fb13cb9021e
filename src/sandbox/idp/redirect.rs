//! Redirects the browser to the application.

use serde_json::Value;
use url::{Host, Url, form_urlencoded};

use crate::sandbox::store::pending_logins::{RedirectTarget, ResponseMode};

/// How the browser returns to the application.
#[derive(Clone)]
pub enum Redirect {
    /// By an HTTP redirect to this URL.
    To(Url),
    /// By a form that the page posts.
    FormPost { url: Url, fields: Vec<(String, String)> },
}

impl RedirectTarget {
    /// Reads the URL from the parameter `name`, with `state` and `response_mode`.
    ///
    /// # Errors
    ///
    /// A message, when the URL is missing or no application could register it.
    pub fn from_parameters(parameters: &Value, name: &str) -> Result<Self, String> {
        let url = parameters[name].as_str().ok_or_else(|| format!("{name}: missing"))?;
        let url = Url::parse(url).ok().filter(is_allowed).ok_or_else(|| {
            format!("{name}: must be https, http on loopback, or a custom scheme with a dot, and have no fragment")
        })?;
        let response_mode = match parameters["response_mode"].as_str() {
            Some("fragment") => ResponseMode::Fragment,
            Some("form_post") => ResponseMode::FormPost,
            // The default of hybrid and implicit flows, of which the sandbox only rejects.
            None if parameters["response_type"].as_str().is_some_and(|types| types != "code") => ResponseMode::Fragment,
            _ => ResponseMode::Query,
        };
        Ok(Self { url, response_mode, state: parameters["state"].as_str().map(ToOwned::to_owned) })
    }

    /// The name of the application on the login page.
    pub fn application(&self) -> &str {
        self.url.host_str().unwrap_or(self.url.scheme())
    }

    /// Returns to the application with these response parameters and the `state`.
    pub fn redirect(&self, parameters: &[(&str, &str)]) -> Redirect {
        let mut parameters = parameters.to_vec();
        parameters.extend(self.state.iter().map(|state| ("state", state.as_str())));
        let mut url = self.url.clone();
        match self.response_mode {
            ResponseMode::FormPost => {
                let fields = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
                return Redirect::FormPost { url, fields };
            }
            ResponseMode::Query if parameters.is_empty() => {}
            ResponseMode::Query => {
                url.query_pairs_mut().extend_pairs(parameters);
            }
            ResponseMode::Fragment => {
                let fragment = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
                url.set_fragment(Some(&fragment));
            }
        }
        Redirect::To(url)
    }

    /// Returns to the application with an OAuth error.
    pub fn redirect_error(&self, error: &str, description: &str) -> Redirect {
        self.redirect(&[("error", error), ("error_description", description)])
    }
}

/// The sandbox has no list of redirect URIs; it accepts every URL that an application could register.
fn is_allowed(url: &Url) -> bool {
    let is_loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    let is_custom = |scheme: &str| scheme.contains('.');
    url.fragment().is_none()
        && match url.scheme() {
            "https" => true,
            "http" => is_loopback,
            scheme => is_custom(scheme),
        }
}
