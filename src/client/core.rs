//! What every client is made of: its connections, its settings, and the options of its calls.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use url::Url;

use crate::client::Brand;
use crate::client::auth::ClientAuth;
#[cfg(feature = "management")]
use crate::client::authenticator::Authenticator;
use crate::client::headers::DefaultHeaders;
use crate::client::http::HttpClients;
#[cfg(feature = "events")]
use crate::client::http::LazyHttp1Client;
use crate::client::retry::RetryPolicy;
use crate::client::url::BaseUrl;
use crate::{Result, Secret};

/// A client without its methods. Its clones share connections and settings, and have options of their own.
#[derive(Clone)]
pub(crate) struct ClientCore {
    pub(super) settings: Arc<Settings>,
    options: Arc<CallOptions>,
}

/// What all clones share.
pub(crate) struct Settings {
    pub http: HttpClients,
    pub host: Url,
    pub base_url: BaseUrl,
    #[cfg(feature = "events")]
    pub events_host: Option<Url>,
    #[cfg(feature = "events")]
    pub http1: LazyHttp1Client,
    pub headers: DefaultHeaders,
    pub brand: Brand,
    /// The application's credentials.
    pub auth: Option<ClientAuth>,
    #[cfg(feature = "management")]
    pub authenticator: Option<Arc<dyn Authenticator>>,
    pub max_response_size: usize,
    #[cfg(feature = "management")]
    pub default_options: Arc<CallOptions>,
}

/// What differs between clones, and between calls.
#[derive(Clone)]
pub(crate) struct CallOptions {
    pub access_token: Option<Secret>,
    pub real_ip: Option<IpAddr>,
    pub lang: Option<String>,
    #[cfg(feature = "management")]
    pub tenant_id: Option<String>,
    pub timeout: Duration,
    pub retry_policy: RetryPolicy,
    pub headers: Vec<(String, Secret)>,
    /// In place of the operation's own URL.
    #[cfg(feature = "oidc")]
    pub url: Option<Url>,
}

impl ClientCore {
    /// A client with these settings and options.
    ///
    /// # Errors
    ///
    /// An option that is no valid value of its header.
    pub fn new(settings: Settings, options: Arc<CallOptions>) -> Result<Self> {
        let core = Self { settings: Arc::new(settings), options };
        core.validate_headers()?;
        Ok(core)
    }

    /// A clone with the options that the client was built with.
    #[cfg(feature = "management")]
    pub fn with_default_options(&self) -> Self {
        Self { settings: Arc::clone(&self.settings), options: Arc::clone(&self.settings.default_options) }
    }

    pub fn options(&self) -> &CallOptions {
        &self.options
    }

    /// The options of this clone only.
    pub fn options_mut(&mut self) -> &mut CallOptions {
        Arc::make_mut(&mut self.options)
    }

    pub fn host(&self) -> &Url {
        &self.settings.host
    }

    pub fn max_response_size(&self) -> usize {
        self.settings.max_response_size
    }

    #[cfg(any(feature = "events", feature = "management"))]
    pub fn brand(&self) -> Brand {
        self.settings.brand
    }

    #[cfg(feature = "events")]
    pub fn events_host(&self) -> Option<&Url> {
        self.settings.events_host.as_ref()
    }

    /// The client for WebSocket handshakes.
    #[cfg(feature = "events")]
    pub fn http1(&self, url: &Url) -> Result<&reqwest::Client> {
        self.settings.http1.client(url)
    }

    /// The application's id; empty for a client without an application.
    pub fn app_id(&self) -> &str {
        self.settings.auth.as_ref().map_or("", |auth| &auth.app_id)
    }

    pub fn base_url(&self) -> &BaseUrl {
        &self.settings.base_url
    }

    pub fn http(&self) -> Result<&reqwest::Client> {
        self.settings.http.current()
    }

    #[cfg(feature = "management")]
    pub fn authenticator(&self) -> Option<&Arc<dyn Authenticator>> {
        self.settings.authenticator.as_ref()
    }
}
