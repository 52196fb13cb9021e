//! The HTTP client that a builder makes when it is not given one.

use std::fmt;
#[cfg(feature = "events")]
use std::sync::OnceLock;
use std::time::Duration;

use reqwest::redirect::Policy;
use url::Url;

use crate::Result;
use crate::error::{ConfigError, root_cause};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// What only a connection of our own can be told.
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
    /// With reqwest's own retries off: ours know what is safe. Nothing is asked for compressed, even where
    /// another crate turns that feature of reqwest's on: answers are small, and a bomb stays closed.
    ///
    /// The client connects to `host` only. Where that needs no TLS, the platform's certificate authorities are not loaded:
    /// this would take longer than a call over loopback.
    pub fn into_client(self, host: &Url) -> Result<reqwest::Client> {
        let uses_tls = host.scheme() != "http" || self.proxy.is_some();
        self.build(if uses_tls { |builder| builder } else { without_platform_roots })
    }

    /// The same for what only HTTP/1.1 has.
    #[cfg(feature = "events")]
    pub fn into_http1_client(self) -> Result<reqwest::Client> {
        self.build(reqwest::ClientBuilder::http1_only)
    }

    fn build(self, adapt: fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder) -> Result<reqwest::Client> {
        let is_told = self.connect_timeout.is_some() || self.proxy.is_some() || self.has_certificates();
        if let Some(client) = self.http_client {
            if is_told {
                let what = "`http_client` together with a setting for connections";
                return Err(ConfigError::new(what, "make that setting on the client that you hand over").into());
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
            .map_err(|error| ConfigError::new("the HTTP client cannot be set up", root_cause(&error)).into())
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

/// The HTTP/1.1 client, made when it is first needed: reading the certificate authorities takes a while.
#[cfg(feature = "events")]
pub struct LazyHttp1Client {
    connection: HttpConfig,
    client: OnceLock<reqwest::Client>,
}

#[cfg(feature = "events")]
impl LazyHttp1Client {
    pub fn new(connection: HttpConfig) -> Self {
        Self { connection, client: OnceLock::new() }
    }

    pub fn client(&self) -> Result<&reqwest::Client> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let client = self.connection.clone().into_http1_client()?;
        Ok(self.client.get_or_init(|| client))
    }
}

/// rustls where there is a choice. Left to itself, reqwest would take the other one as soon as any crate of the
/// program turns that on.
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
    /// Says nothing: a proxy's address may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpConfig").finish_non_exhaustive()
    }
}
