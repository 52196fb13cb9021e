//! The settings that the builder of every client has.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use url::Url;

use crate::client::auth::ClientAuth;
#[cfg(feature = "management")]
use crate::client::authenticator::Authenticator;
use crate::client::core::{CallOptions, ClientCore, Settings};
use crate::client::headers::DefaultHeaders;
#[cfg(feature = "events")]
use crate::client::http::LazyHttp1Client;
use crate::client::http::{HttpClients, HttpConfig};
use crate::client::url::{BaseUrl, is_loopback};
use crate::error::ConfigError;
use crate::{Brand, Result, RetryPolicy, Secret};

const TIMEOUT: Duration = Duration::from_secs(10);
const MAX_RESPONSE_SIZE: usize = 10 * 1024 * 1024;

#[derive(Default)]
pub(crate) struct SharedSettings {
    #[cfg(feature = "events")]
    pub events_host: Option<String>,
    pub lang: Option<String>,
    pub brand: Option<Brand>,
    pub allow_insecure_http: bool,
    pub timeout: Option<Duration>,
    pub max_response_size: Option<usize>,
    pub retry_policy: RetryPolicy,
    pub http_config: HttpConfig,
}

/// Who calls: what an API's own builder sets.
#[derive(Default)]
pub(crate) struct Credentials {
    pub auth: Option<ClientAuth>,
    #[cfg(feature = "management")]
    pub authenticator: Option<Arc<dyn Authenticator>>,
    pub access_token: Option<Secret>,
    pub real_ip: Option<IpAddr>,
    #[cfg(feature = "management")]
    pub tenant_id: Option<String>,
}

impl SharedSettings {
    /// A client of the API at `host`, which is called `name` in errors, that connects to `other_urls` too.
    pub fn into_core(
        self,
        (name, host): (&str, &str),
        credentials: Credentials,
        other_urls: Vec<Url>,
    ) -> Result<ClientCore> {
        let host = parse_url(name, "http", "https://example.genauth.ai", host, self.allow_insecure_http)?;
        let brand = self.brand.unwrap_or_else(|| Brand::from_host(&host));
        let urls = [vec![host.clone()], other_urls].concat();
        let options = Arc::new(CallOptions {
            access_token: credentials.access_token,
            real_ip: credentials.real_ip,
            lang: self.lang,
            #[cfg(feature = "management")]
            tenant_id: credentials.tenant_id,
            timeout: self.timeout.unwrap_or(TIMEOUT),
            retry_policy: self.retry_policy,
            headers: Vec::new(),
            #[cfg(feature = "oidc")]
            url: None,
        });
        let settings = Settings {
            http: HttpClients::new(self.http_config.clone(), urls)?,
            base_url: BaseUrl::new(&host),
            #[cfg(feature = "events")]
            events_host: self.events_host.map(|host| parse_events_host(&host, self.allow_insecure_http)).transpose()?,
            #[cfg(feature = "events")]
            http1: LazyHttp1Client::new(self.http_config),
            headers: DefaultHeaders::new(brand, credentials.auth.as_ref().map(|auth| &*auth.app_id))?,
            auth: credentials.auth,
            #[cfg(feature = "management")]
            authenticator: credentials.authenticator,
            max_response_size: self.max_response_size.unwrap_or(MAX_RESPONSE_SIZE),
            #[cfg(feature = "management")]
            default_options: Arc::clone(&options),
            host,
            brand,
        };
        ClientCore::new(settings, options)
    }
}

impl fmt::Debug for SharedSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedSettings")
            .field("lang", &self.lang)
            .field("brand", &self.brand)
            .field("timeout", &self.timeout)
            .field("max_response_size", &self.max_response_size)
            .field("retry_policy", &self.retry_policy)
            .finish_non_exhaustive()
    }
}

/// The setters of a builder with a field `shared: SharedSettings`.
macro_rules! shared_setters {
    () => {
        /// The base URL of the event stream, such as `wss://events.example.com`. By default that of the brand, if the
        /// client's host is one of the brand's own. An unencrypted `ws://` is rejected as `http://` is.
        #[cfg(feature = "events")]
        #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
        pub fn events_host(mut self, host: impl Into<String>) -> Self {
            self.shared.events_host = Some(host.into());
            self
        }

        /// The language of messages: `zh-CN` (the server's default), `en-US`, `zh-TW` or `ja-JP`.
        pub fn lang(mut self, lang: impl Into<String>) -> Self {
            self.shared.lang = Some(lang.into());
            self
        }

        /// The brand of the service at the host, which decides the prefix of its headers. By default it follows from the
        /// host: Authing for a domain of Authing's, such as `*.authing.cn`, else GenAuth.
        pub fn brand(mut self, brand: $crate::Brand) -> Self {
            self.shared.brand = Some(brand);
            self
        }

        /// Accepts an unencrypted `http://` host other than loopback. Anyone on the network can read what is sent to it,
        /// passwords and tokens included.
        #[doc(alias = "allow_http")]
        pub fn allow_insecure_http(mut self) -> Self {
            self.shared.allow_insecure_http = true;
            self
        }

        /// Timeout for a call, all attempts and delays included; 10 seconds by default.
        pub fn timeout(mut self, timeout: ::std::time::Duration) -> Self {
            self.shared.timeout = Some(timeout);
            self
        }

        /// When to retry a call; at most three attempts by default.
        #[doc(alias = "retries")]
        pub fn retry_policy(mut self, policy: $crate::RetryPolicy) -> Self {
            self.shared.retry_policy = policy;
            self
        }

        /// Maximum size of a response's body, in bytes; 10 MiB by default.
        #[doc(alias = "max_answer_size")]
        pub fn max_response_size(mut self, bytes: usize) -> Self {
            self.shared.max_response_size = Some(bytes);
            self
        }

        /// Timeout for connecting, including the TLS handshake; 5 seconds by default.
        pub fn connect_timeout(mut self, timeout: ::std::time::Duration) -> Self {
            self.shared.http_config.connect_timeout = Some(timeout);
            self
        }

        /// How long an unused connection is kept; 15 seconds by default. Set it below the keep-alive timeout of the server, or
        /// of the proxy before it: a request that meets a connection which is being closed fails.
        pub fn pool_idle_timeout(mut self, timeout: ::std::time::Duration) -> Self {
            self.shared.http_config.pool_idle_timeout = Some(timeout);
            self
        }

        /// Sends all requests through this proxy. By default that of the environment is used (`HTTPS_PROXY`, `ALL_PROXY` and the
        /// like, also for SOCKS), except on loopback.
        pub fn proxy(mut self, proxy: reqwest::Proxy) -> Self {
            self.shared.http_config.proxy = Some(proxy);
            self
        }

        /// Adds a trusted certificate authority, such as a private one.
        #[cfg(any(feature = "rustls", feature = "native-tls"))]
        #[cfg_attr(docsrs, doc(cfg(any(feature = "rustls", feature = "native-tls"))))]
        pub fn add_root_certificate(mut self, certificate: reqwest::Certificate) -> Self {
            self.shared.http_config.root_certificates.push(certificate);
            self
        }

        /// Client certificate for mutual TLS.
        #[cfg(any(feature = "rustls", feature = "native-tls"))]
        #[cfg_attr(docsrs, doc(cfg(any(feature = "rustls", feature = "native-tls"))))]
        pub fn identity(mut self, identity: reqwest::Identity) -> Self {
            self.shared.http_config.identity = Some(identity);
            self
        }

        /// Sends all requests with this HTTP client, on its connection pool. Set connect timeout, proxy and certificates
        /// there. It must not follow redirects, which would forward credentials, and must not retry requests.
        pub fn http_client(mut self, client: reqwest::Client) -> Self {
            self.shared.http_config.http_client = Some(client);
            self
        }
    };
}

pub(crate) use shared_setters;

/// Scheme, host and port of a URL.
pub(crate) fn without_credentials(url: &str) -> String {
    Url::parse(url).map_or_else(|_| "invalid".to_owned(), |url| url.origin().ascii_serialization())
}

/// The events host, with a scheme that an HTTP client accepts.
#[cfg(feature = "events")]
pub(crate) fn parse_events_host(host: &str, allow_insecure_http: bool) -> Result<Url, ConfigError> {
    let mut url = parse_url("events host", "ws", "wss://events.example.com", host, allow_insecure_http)?;
    let _ = url.set_scheme(if url.scheme() == "ws" { "http" } else { "https" });
    Ok(url)
}

pub(crate) fn parse_url(
    name: &str,
    scheme: &str,
    example: &str,
    host: &str,
    allow_insecure_http: bool,
) -> Result<Url, ConfigError> {
    let invalid = |help: String| ConfigError::new(format!("invalid {name}"), help);
    let url = Url::parse(host).map_err(|_| invalid(format!("use a URL such as `{example}`")))?;
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
        return Err(invalid("remove user, password, query and fragment".to_owned()));
    }
    match url.scheme().strip_prefix(scheme) {
        Some("s") => Ok(url),
        Some("") if is_loopback(&url) || allow_insecure_http => Ok(url),
        Some("") => Err(invalid(format!(
            "unencrypted: use `{scheme}s://`, or call `allow_insecure_http` to send everything unencrypted"
        ))),
        _ => Err(invalid(format!("use the scheme `{scheme}s://`"))),
    }
}
