//! The HTTP client: its settings for connections.

use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

use reqwest::Url;
use reqwest::redirect::Policy;
use tokio::runtime::{self, Handle};

use crate::Result;
use crate::client::url::is_loopback;
use crate::error::{ConfigError, root_cause};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Shorter than that of common servers and load balancers: a request on a connection that the server is closing is lost.
const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(15);
/// Finds out that an HTTP/2 connection is stuck before all calls on it time out.
const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(15);
const KEEP_ALIVE_TIMEOUT: Duration = Duration::from_secs(5);

/// The settings for connections, or a client that has its own.
#[derive(Clone, Default)]
pub struct HttpConfig {
    pub http_client: Option<reqwest::Client>,
    pub connect_timeout: Option<Duration>,
    pub pool_idle_timeout: Option<Duration>,
    pub proxy: Option<reqwest::Proxy>,
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub root_certificates: Vec<reqwest::Certificate>,
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub identity: Option<reqwest::Identity>,
}

impl HttpConfig {
    /// A client that connects to these URLs only.
    ///
    /// reqwest itself retries only what HTTP/2 servers say they have not processed (RFC 9113, section 8.7); `RetryPolicy`
    /// knows which other calls may be retried. Compression is off even if another crate enables that feature of reqwest:
    /// responses are small, and a decompression bomb stays compressed.
    ///
    /// Without TLS, the platform's certificate authorities are not loaded: that takes longer than a call on loopback, and
    /// fails where there are none.
    fn into_client(
        self,
        urls: &[&Url],
        adapt: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
    ) -> Result<reqwest::Client> {
        let has_settings = self.connect_timeout.is_some()
            || self.pool_idle_timeout.is_some()
            || self.proxy.is_some()
            || self.has_certificates();
        if let Some(client) = self.http_client {
            if has_settings {
                let message = "`http_client` conflicts with a setting for connections";
                return Err(ConfigError::new(message, "apply that setting to the given client").into());
            }
            return Ok(client);
        }
        let mut builder = reqwest::Client::builder()
            .connect_timeout(self.connect_timeout.unwrap_or(CONNECT_TIMEOUT))
            .pool_idle_timeout(self.pool_idle_timeout.unwrap_or(POOL_IDLE_TIMEOUT))
            .http2_keep_alive_interval(KEEP_ALIVE_INTERVAL)
            .http2_keep_alive_timeout(KEEP_ALIVE_TIMEOUT)
            .redirect(Policy::none())
            .no_gzip()
            .no_brotli()
            .no_deflate()
            .no_zstd()
            .referer(false);
        let is_local = self.proxy.is_none() && urls.iter().all(|url| is_loopback(url));
        if is_local {
            // Not even through the environment's proxy, which would receive secrets in clear text.
            builder = builder.no_proxy();
        }
        if let Some(proxy) = self.proxy {
            builder = builder.proxy(proxy);
        }
        #[cfg(any(feature = "rustls", feature = "native-tls"))]
        {
            builder = tls_backend(builder)
                .tls_version_min(reqwest::tls::Version::TLS_1_2)
                .tls_certs_merge(self.root_certificates);
            if let Some(identity) = self.identity {
                builder = builder.identity(identity);
            }
        }
        if is_local && urls.iter().all(|url| url.scheme() == "http") {
            builder = without_platform_roots(builder);
        }
        adapt(builder).build().map_err(|error| {
            let help = "install certificate authorities (Debian: ca-certificates), set SSL_CERT_FILE, or add one to the builder";
            let cause = root_cause(&error);
            ConfigError::new(format!("failed to build the HTTP client: {cause}"), help).into()
        })
    }

    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    fn has_certificates(&self) -> bool {
        !self.root_certificates.is_empty() || self.identity.is_some()
    }

    #[cfg(not(any(feature = "rustls", feature = "native-tls")))]
    fn has_certificates(&self) -> bool {
        false
    }
}

/// The HTTP clients for calls.
///
/// A connection is driven by the runtime in which it was opened. Those that are kept belong to the first runtime; in any
/// other one, each call opens its own, so that it does not wait for a runtime that is idle or gone.
pub struct HttpClients {
    config: HttpConfig,
    urls: Vec<Url>,
    first: reqwest::Client,
    first_runtime: OnceLock<runtime::Id>,
    without_pool: OnceLock<reqwest::Client>,
}

impl HttpClients {
    /// Clients that connect to these URLs only.
    pub fn new(config: HttpConfig, urls: Vec<Url>) -> Result<Self> {
        let first = config.clone().into_client(&urls.iter().collect::<Vec<_>>(), |builder| builder)?;
        Ok(Self { config, urls, first, first_runtime: OnceLock::new(), without_pool: OnceLock::new() })
    }

    /// The client for the current runtime.
    pub fn current(&self) -> Result<&reqwest::Client> {
        let is_first = Handle::try_current().is_ok_and(|runtime| {
            let id = runtime.id();
            *self.first_runtime.get_or_init(|| id) == id
        });
        if is_first || self.config.http_client.is_some() {
            return Ok(&self.first);
        }
        if let Some(client) = self.without_pool.get() {
            return Ok(client);
        }
        let urls: Vec<_> = self.urls.iter().collect();
        let client = self.config.clone().into_client(&urls, |builder| builder.pool_max_idle_per_host(0))?;
        Ok(self.without_pool.get_or_init(|| client))
    }
}

/// The HTTP/1.1 client for WebSocket handshakes, built when it is first needed: loading the certificate authorities is
/// slow. Each handshake takes its connection with it.
#[cfg(feature = "events")]
pub struct LazyHttp1Client {
    config: HttpConfig,
    client: OnceLock<reqwest::Client>,
}

#[cfg(feature = "events")]
impl LazyHttp1Client {
    pub fn new(config: HttpConfig) -> Self {
        Self { config, client: OnceLock::new() }
    }

    /// The client for the host of this URL.
    pub fn client(&self, url: &Url) -> Result<&reqwest::Client> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let client = self.config.clone().into_client(&[url], reqwest::ClientBuilder::http1_only)?;
        Ok(self.client.get_or_init(|| client))
    }
}

/// rustls if both features are enabled: by default, reqwest prefers native-tls as soon as any crate of the program
/// enables it.
#[cfg(feature = "rustls")]
fn tls_backend(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder.tls_backend_rustls()
}

#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
fn tls_backend(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder.tls_backend_native()
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
fn without_platform_roots(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder.tls_certs_only([])
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn without_platform_roots(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder
}

impl fmt::Debug for HttpConfig {
    /// Shows no field: a proxy's URL may contain a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpConfig").finish_non_exhaustive()
    }
}
