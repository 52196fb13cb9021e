//! The HTTP client: its settings for connections.

use std::fmt;
#[cfg(feature = "events")]
use std::sync::OnceLock;
use std::time::Duration;

use reqwest::Url;
use reqwest::redirect::Policy;

use crate::Result;
use crate::client::url::is_loopback;
use crate::error::{ConfigError, root_cause};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// The settings for connections, or a client that has its own.
#[derive(Clone, Default)]
pub struct HttpConfig {
    pub http_client: Option<reqwest::Client>,
    pub connect_timeout: Option<Duration>,
    pub proxy: Option<reqwest::Proxy>,
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub root_certificates: Vec<reqwest::Certificate>,
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub identity: Option<reqwest::Identity>,
}

impl HttpConfig {
    /// reqwest's own retries are off: only `RetryPolicy` knows which calls are idempotent. Compression is off even if
    /// another crate enables that feature of reqwest: responses are small, and a decompression bomb stays compressed.
    ///
    /// The client connects to `host` only. On loopback without TLS, the platform's certificate authorities are not loaded:
    /// that takes longer than a call.
    pub fn into_client(self, host: &Url) -> Result<reqwest::Client> {
        let without_tls = host.scheme() == "http" && is_loopback(host) && self.proxy.is_none();
        self.build(if without_tls { without_platform_roots } else { |builder| builder })
    }

    /// A client for WebSocket handshakes, which need HTTP/1.1.
    #[cfg(feature = "events")]
    pub fn into_http1_client(self) -> Result<reqwest::Client> {
        self.build(reqwest::ClientBuilder::http1_only)
    }

    fn build(self, adapt: fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder) -> Result<reqwest::Client> {
        let has_settings = self.connect_timeout.is_some() || self.proxy.is_some() || self.has_certificates();
        if let Some(client) = self.http_client {
            if has_settings {
                let message = "`http_client` conflicts with a setting for connections";
                return Err(ConfigError::new(message, "apply that setting to the given client").into());
            }
            return Ok(client);
        }
        let mut builder = reqwest::Client::builder()
            .connect_timeout(self.connect_timeout.unwrap_or(CONNECT_TIMEOUT))
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .no_gzip()
            .no_brotli()
            .no_deflate()
            .no_zstd()
            .referer(false);
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
        adapt(builder)
            .build()
            .map_err(|error| ConfigError::new("failed to build the HTTP client", root_cause(&error)).into())
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

/// The HTTP/1.1 client, built when it is first needed: loading the certificate authorities is slow.
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

    pub fn client(&self) -> Result<&reqwest::Client> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let client = self.config.clone().into_http1_client()?;
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
