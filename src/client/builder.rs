//! The builder of a client.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use url::Url;

use crate::client::auth::{ClientAuth, ClientAuthMethod};
use crate::client::brand::Brand;
use crate::client::environment;
use crate::client::headers::DefaultHeaders;
#[cfg(feature = "events")]
use crate::client::http::LazyHttp1Client;
use crate::client::http::{HttpClients, HttpConfig};
use crate::client::retry::RetryPolicy;
use crate::client::url::{BaseUrl, is_loopback};
use crate::client::{AuthenticationClient, CallOptions, ClientInner};
use crate::error::ConfigError;
#[cfg(feature = "oidc")]
use crate::oidc::{IdTokenAlgorithm, ProviderConfig};
use crate::{Result, Secret, generated};

const TIMEOUT: Duration = Duration::from_secs(10);
const MAX_RESPONSE_SIZE: usize = 10 * 1024 * 1024;

/// Builds an [`AuthenticationClient`]. Only the application's id and host are required.
///
/// ```
/// use std::time::Duration;
/// use genauth::{AuthenticationClient, RetryPolicy};
///
/// let client = AuthenticationClient::builder()
///     .app_id("64f1c0ffee")
///     .app_host("https://example.genauth.ai")
///     .lang("en-US")
///     .retry_policy(RetryPolicy::max_attempts(2))
///     .timeout(Duration::from_secs(3))
///     .build()?;
/// # Ok::<(), genauth::Error>(())
/// ```
#[derive(Default)]
#[must_use = "call `build` for the client"]
pub struct ClientBuilder {
    app_id: Option<String>,
    app_host: Option<String>,
    #[cfg(feature = "events")]
    events_host: Option<String>,
    app_secret: Option<Secret>,
    token_endpoint_auth_method: ClientAuthMethod,
    access_token: Option<Secret>,
    lang: Option<String>,
    real_ip: Option<IpAddr>,
    brand: Option<Brand>,
    allow_insecure_http: bool,
    timeout: Option<Duration>,
    max_response_size: Option<usize>,
    retry_policy: RetryPolicy,
    http_config: HttpConfig,
    #[cfg(feature = "oidc")]
    provider: ProviderConfig,
}

impl ClientBuilder {
    /// The application's id, from its page in the console. Required.
    pub fn app_id(mut self, id: impl Into<String>) -> Self {
        self.app_id = Some(id.into());
        self
    }

    /// The application's base URL, such as `https://example.genauth.ai`. Required.
    pub fn app_host(mut self, host: impl Into<String>) -> Self {
        self.app_host = Some(host.into());
        self
    }

    /// The base URL of the event stream, such as `wss://events.example.com`. By default that of the brand, if the
    /// application's host is one of the brand's own. An unencrypted `ws://` is rejected as `http://` is.
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    pub fn events_host(mut self, host: impl Into<String>) -> Self {
        self.events_host = Some(host.into());
        self
    }

    /// The application's secret. Only operations that require it send it.
    pub fn app_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.app_secret = Some(secret.into());
        self
    }

    /// How the application's secret is sent: its token endpoint authentication method. By default in the body.
    #[doc(alias = "token_endpoint_auth")]
    pub fn token_endpoint_auth_method(mut self, method: ClientAuthMethod) -> Self {
        self.token_endpoint_auth_method = method;
        self
    }

    /// The access token of the user to call for. A server with many users calls
    /// [`with_access_token`](AuthenticationClient::with_access_token) per user instead.
    pub fn access_token(mut self, token: impl Into<Secret>) -> Self {
        self.access_token = Some(token.into());
        self
    }

    /// The language of messages: `zh-CN` (the server's default), `en-US`, `zh-TW` or `ja-JP`.
    pub fn lang(mut self, lang: impl Into<String>) -> Self {
        self.lang = Some(lang.into());
        self
    }

    /// The end user's IP address, so that the service's rate limits apply to the user instead of your server.
    pub fn real_ip(mut self, address: impl Into<IpAddr>) -> Self {
        self.real_ip = Some(address.into());
        self
    }

    /// The brand of the service at the host, which decides the prefix of its headers. By default it follows from the
    /// host: Authing for a domain of Authing's, such as `*.authing.cn`, else GenAuth.
    pub fn brand(mut self, brand: Brand) -> Self {
        self.brand = Some(brand);
        self
    }

    /// Accepts an unencrypted `http://` host other than loopback. Anyone on the network can read what is sent to it,
    /// passwords and tokens included.
    #[doc(alias = "allow_http")]
    pub fn allow_insecure_http(mut self) -> Self {
        self.allow_insecure_http = true;
        self
    }

    /// Timeout for a call, all attempts and delays included; 10 seconds by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// When to retry a call; at most three attempts by default.
    #[doc(alias = "retries")]
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.retry_policy = policy;
        self
    }

    /// Maximum size of a response's body, in bytes; 10 MiB by default.
    #[doc(alias = "max_answer_size")]
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = Some(bytes);
        self
    }

    /// Timeout for connecting, including the TLS handshake; 5 seconds by default.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.http_config.connect_timeout = Some(timeout);
        self
    }

    /// How long an unused connection is kept; 15 seconds by default. Set it below the keep-alive timeout of the server, or
    /// of the proxy before it: a request that meets a connection which is being closed fails.
    pub fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.http_config.pool_idle_timeout = Some(timeout);
        self
    }

    /// Sends all requests through this proxy. By default that of the environment is used (`HTTPS_PROXY`, `ALL_PROXY` and the
    /// like, also for SOCKS), except on loopback.
    pub fn proxy(mut self, proxy: reqwest::Proxy) -> Self {
        self.http_config.proxy = Some(proxy);
        self
    }

    /// Adds a trusted certificate authority, such as a private one.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    #[cfg_attr(docsrs, doc(cfg(any(feature = "rustls", feature = "native-tls"))))]
    pub fn add_root_certificate(mut self, certificate: reqwest::Certificate) -> Self {
        self.http_config.root_certificates.push(certificate);
        self
    }

    /// Client certificate for mutual TLS.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    #[cfg_attr(docsrs, doc(cfg(any(feature = "rustls", feature = "native-tls"))))]
    pub fn identity(mut self, identity: reqwest::Identity) -> Self {
        self.http_config.identity = Some(identity);
        self
    }

    /// Sends all requests with this HTTP client, on its connection pool. Set connect timeout, proxy and certificates
    /// there. It must not follow redirects, which would forward credentials, and must not retry requests.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http_config.http_client = Some(client);
        self
    }

    /// The expected issuer (`iss`) of tokens, as
    /// [`get_oidc_configuration`](AuthenticationClient::get_oidc_configuration) returns it. By default the host with
    /// `/oidc`.
    #[cfg(feature = "oidc")]
    #[cfg_attr(docsrs, doc(cfg(feature = "oidc")))]
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.provider.issuer = Some(issuer.into());
        self
    }

    /// The URL of the keys that sign tokens, if it is neither the provider's `jwks_uri` on the application's host nor
    /// `/oidc/.well-known/jwks.json` there. An unencrypted `http://` is rejected as for the host.
    #[cfg(feature = "oidc")]
    #[cfg_attr(docsrs, doc(cfg(feature = "oidc")))]
    pub fn jwks_uri(mut self, uri: impl Into<String>) -> Self {
        self.provider.jwks_uri = Some(uri.into());
        self
    }

    /// The algorithms that may sign ID tokens; RS256 alone by default. HS256 needs an app secret of at least 32 bytes, with
    /// which anybody can sign.
    #[cfg(feature = "oidc")]
    #[cfg_attr(docsrs, doc(cfg(feature = "oidc")))]
    pub fn id_token_algorithms(mut self, algorithms: impl Into<Vec<IdTokenAlgorithm>>) -> Self {
        self.provider.id_token_algorithms = Some(algorithms.into());
        self
    }

    /// Returns a builder with settings from the environment: see [`AuthenticationClient::from_env`].
    ///
    /// # Errors
    ///
    /// [`Error::Config`](crate::Error::Config) names a variable that is missing or invalid.
    pub fn from_env() -> Result<Self> {
        environment::builder()
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// [`Error::Config`](crate::Error::Config) names the setting that is missing or invalid.
    pub fn build(self) -> Result<AuthenticationClient> {
        let app_id = self.app_id.ok_or_else(|| ConfigError::new("missing application id", "call `app_id`"))?;
        let host = self.app_host.ok_or_else(|| ConfigError::new("missing application host", "call `app_host`"))?;
        let host = parse_host(&host, self.allow_insecure_http)?;
        let brand = self.brand.unwrap_or_else(|| Brand::from_host(&host));
        #[cfg(feature = "oidc")]
        let jwks_uri =
            self.provider.jwks_uri.as_deref().map(|uri| parse_jwks_uri(uri, self.allow_insecure_http)).transpose()?;
        #[allow(unused_mut)]
        let mut urls = vec![host.clone()];
        #[cfg(feature = "oidc")]
        urls.extend(jwks_uri.clone());
        let http = HttpClients::new(self.http_config.clone(), urls)?;
        #[cfg(feature = "oidc")]
        let oidc = self.provider.provider(&host, self.app_secret.as_ref(), jwks_uri)?;
        let inner = ClientInner {
            base_url: BaseUrl::new(&host),
            requests: generated::Client::new_with_client("", http.first().clone()),
            #[cfg(feature = "events")]
            events_host: self.events_host.map(|host| parse_events_host(&host, self.allow_insecure_http)).transpose()?,
            #[cfg(feature = "events")]
            http1: LazyHttp1Client::new(self.http_config),
            headers: DefaultHeaders::new(brand, &app_id)?,
            auth: ClientAuth { app_id, app_secret: self.app_secret, method: self.token_endpoint_auth_method },
            max_response_size: self.max_response_size.unwrap_or(MAX_RESPONSE_SIZE),
            #[cfg(feature = "oidc")]
            oidc,
            http,
            host,
            brand,
        };
        let options = CallOptions {
            access_token: self.access_token,
            real_ip: self.real_ip,
            lang: self.lang,
            timeout: self.timeout.unwrap_or(TIMEOUT),
            retry_policy: self.retry_policy,
            headers: Vec::new(),
            #[cfg(feature = "oidc")]
            url: None,
        };
        let client = AuthenticationClient { inner: Arc::new(inner), options: Arc::new(options) };
        client.validate_headers()?;
        Ok(client)
    }
}

#[cfg(feature = "oidc")]
fn parse_jwks_uri(uri: &str, allow_insecure_http: bool) -> Result<Url, ConfigError> {
    parse("`jwks_uri`", "http", "https://example.genauth.ai/oidc/.well-known/jwks.json", uri, allow_insecure_http)
}

impl fmt::Debug for ClientBuilder {
    /// Shows no secret, and of URLs no user and password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("app_id", &self.app_id)
            .field("app_host", &self.app_host.as_deref().map(without_credentials))
            .field("lang", &self.lang)
            .field("brand", &self.brand)
            .field("timeout", &self.timeout)
            .field("max_response_size", &self.max_response_size)
            .field("retry_policy", &self.retry_policy)
            .finish_non_exhaustive()
    }
}

/// Scheme, host and port of a URL.
fn without_credentials(url: &str) -> String {
    Url::parse(url).map_or_else(|_| "invalid".to_owned(), |url| url.origin().ascii_serialization())
}

fn parse_host(host: &str, allow_insecure_http: bool) -> Result<Url, ConfigError> {
    parse("application host", "http", "https://example.genauth.ai", host, allow_insecure_http)
}

/// The events host, with a scheme that an HTTP client accepts.
#[cfg(feature = "events")]
pub(crate) fn parse_events_host(host: &str, allow_insecure_http: bool) -> Result<Url, ConfigError> {
    let mut url = parse("events host", "ws", "wss://events.example.com", host, allow_insecure_http)?;
    let _ = url.set_scheme(if url.scheme() == "ws" { "http" } else { "https" });
    Ok(url)
}

fn parse(name: &str, scheme: &str, example: &str, host: &str, allow_insecure_http: bool) -> Result<Url, ConfigError> {
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
