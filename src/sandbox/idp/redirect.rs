//! Where a browser goes when the sandbox is done with it.

use serde_json::Value;
use url::{Host, Url, form_urlencoded};

use crate::sandbox::error::Refusal;
use crate::sandbox::html;
use crate::sandbox::response::Answer;

/// An address of the application, and how it takes an answer.
#[derive(Clone)]
pub struct Landing {
    address: Url,
    mode: Mode,
    state: Option<String>,
}

#[derive(Clone, Copy)]
enum Mode {
    Query,
    Fragment,
    FormPost,
}

impl Landing {
    /// The address in the parameter `name`, with the `state` and the `response_mode` beside it.
    pub fn new(parameters: &Value, name: &str) -> Result<Self, Refusal> {
        let text = parameters[name].as_str().ok_or_else(|| Refusal::malformed(format!("{name}: missing")))?;
        let address = Url::parse(text).ok().filter(is_allowed).ok_or_else(|| {
            Refusal::malformed(format!(
                "{name}: neither an https address, nor http on loopback, nor an app's own scheme, or it has a fragment"
            ))
        })?;
        let mode = match parameters["response_mode"].as_str() {
            Some("fragment") => Mode::Fragment,
            Some("form_post") => Mode::FormPost,
            _ => Mode::Query,
        };
        Ok(Self { address, mode, state: parameters["state"].as_str().map(ToOwned::to_owned) })
    }

    /// Where the application is, for a page to name it.
    pub fn application(&self) -> &str {
        self.address.host_str().unwrap_or(self.address.scheme())
    }

    /// Sends the browser there with an answer, and with the state.
    pub fn with(&self, answer: &[(&str, &str)]) -> Answer {
        let mut members = answer.to_vec();
        members.extend(self.state.iter().map(|state| ("state", state.as_str())));
        let mut address = self.address.clone();
        match self.mode {
            Mode::FormPost => return Answer::Page(html::posted(address.as_str(), &members)),
            Mode::Query if members.is_empty() => {}
            Mode::Query => {
                address.query_pairs_mut().extend_pairs(members);
            }
            Mode::Fragment => {
                let fragment = form_urlencoded::Serializer::new(String::new()).extend_pairs(members).finish();
                address.set_fragment(Some(&fragment));
            }
        }
        Answer::Redirect(address)
    }

    /// Sends the browser there with an OAuth error.
    pub fn refuse(&self, error: &str, description: &str) -> Answer {
        self.with(&[("error", error), ("error_description", description)])
    }
}

/// The sandbox knows no list of an application's addresses; it takes all that a real one could have.
fn is_allowed(address: &Url) -> bool {
    let is_loopback = match address.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    let is_app = |scheme: &str| scheme.contains('.');
    address.fragment().is_none()
        && match address.scheme() {
            "https" => true,
            "http" => is_loopback,
            scheme => is_app(scheme),
        }
}
