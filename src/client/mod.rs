//! The client: an application at its host, and the user it calls for.

mod auth;
mod brand;
mod builder;
mod call;
mod envelope;
mod environment;
mod headers;
mod http;
pub(crate) mod operation;
pub(crate) mod pagination;
pub(crate) mod request;
pub(crate) mod response;
mod response_head;
mod retry;
pub(crate) mod telemetry;
pub(crate) mod url;

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use ::url::Url;

use self::auth::ClientAuth;
use self::headers::DefaultHeaders;
use self::http::HttpClients;
#[cfg(feature = "events")]
use self::http::LazyHttp1Client;
use self::url::BaseUrl;
use crate::{Result, Secret, generated};

pub use self::url::{UrlBuilder, UrlOperation};
pub use auth::ClientAuthMethod;
pub use brand::Brand;
pub use builder::ClientBuilder;
#[cfg(feature = "events")]
pub(crate) use builder::parse_events_host;
pub use call::Call;
pub use envelope::Envelope;
pub use operation::Operation;
pub use pagination::{ItemStream, Paginated};
pub use retry::RetryPolicy;

/// A client of the authentication API, for one application.
///
/// Immutable and cheap to clone: [`with_access_token`](Self::with_access_token) and the like return a clone that shares
/// the connection pool, so credentials of concurrent users cannot mix.
///
/// Connections are kept for the Tokio runtime of the first call; calls in another runtime work, but open a connection
/// each. With an [`http_client`](ClientBuilder::http_client) of yours, use a client in one runtime only.
///
/// ```no_run
/// # async fn example() -> genauth::Result<()> {
/// use genauth::AuthenticationClient;
///
/// let client = AuthenticationClient::builder()
///     .app_id("64f1c0ffee")
///     .app_host("https://example.genauth.ai")
///     .build()?;
///
/// let phone = client.get_wechat_miniprogram_phone("0a1bC2Ga1xq", "my-wxapp").await?;
/// println!("{}", phone.phone_number);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct AuthenticationClient {
    inner: Arc<ClientInner>,
    options: Arc<CallOptions>,
}

/// What all clones share.
struct ClientInner {
    http: HttpClients,
    host: Url,
    base_url: BaseUrl,
    requests: generated::Client,
    #[cfg(feature = "events")]
    events_host: Option<Url>,
    #[cfg(feature = "events")]
    http1: LazyHttp1Client,
    headers: DefaultHeaders,
    brand: Brand,
    auth: ClientAuth,
    max_response_size: usize,
    #[cfg(feature = "oidc")]
    oidc: crate::oidc::Provider,
}

/// What differs between clones, and between calls.
#[derive(Clone)]
pub(crate) struct CallOptions {
    pub access_token: Option<Secret>,
    pub real_ip: Option<IpAddr>,
    pub lang: Option<String>,
    pub timeout: Duration,
    pub retry_policy: RetryPolicy,
    pub headers: Vec<(String, Secret)>,
    /// In place of the operation's own URL.
    #[cfg(feature = "oidc")]
    pub url: Option<Url>,
}

impl AuthenticationClient {
    /// Returns a builder with the default settings.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Builds a client from the environment: `GENAUTH_APP_ID` and `GENAUTH_APP_HOST`, and, if set, `GENAUTH_APP_SECRET`,
    /// `GENAUTH_ACCESS_TOKEN`, `GENAUTH_LANG`, `GENAUTH_BRAND` (`genauth` or `authing`), `GENAUTH_EVENTS_HOST`,
    /// `GENAUTH_TIMEOUT` (such as `5s` or `500ms`) and `GENAUTH_TOKEN_ENDPOINT_AUTH` (`client_secret_post`,
    /// `client_secret_basic` or `none`). An empty variable counts as missing, and line breaks at the end are ignored.
    ///
    /// # Errors
    ///
    /// [`Error::Config`](crate::Error::Config) names a variable that is missing or invalid.
    pub fn from_env() -> Result<Self> {
        ClientBuilder::from_env()?.build()
    }

    /// Returns a clone that calls for the user with this access token.
    #[must_use]
    pub fn with_access_token(&self, token: impl Into<Secret>) -> Self {
        let mut client = self.clone();
        client.options_mut().access_token = Some(token.into());
        client
    }

    /// Returns a clone that sends the end user's IP address, so that the service's rate limits apply to the user instead
    /// of your server.
    #[must_use]
    pub fn with_real_ip(&self, address: impl Into<IpAddr>) -> Self {
        let mut client = self.clone();
        client.options_mut().real_ip = Some(address.into());
        client
    }

    /// Returns a clone that requests messages in this language: `zh-CN`, `en-US`, `zh-TW` or `ja-JP`.
    #[must_use]
    pub fn with_lang(&self, lang: impl Into<String>) -> Self {
        let mut client = self.clone();
        client.options_mut().lang = Some(lang.into());
        client
    }

    pub(crate) fn options(&self) -> &CallOptions {
        &self.options
    }

    /// The options of this clone only.
    fn options_mut(&mut self) -> &mut CallOptions {
        Arc::make_mut(&mut self.options)
    }

    pub(crate) fn app_id(&self) -> &str {
        &self.inner.auth.app_id
    }

    #[cfg(feature = "oidc")]
    pub(crate) fn app_secret(&self) -> Option<&Secret> {
        self.inner.auth.app_secret.as_ref()
    }

    pub(crate) fn host(&self) -> &Url {
        &self.inner.host
    }

    fn base_url(&self) -> &BaseUrl {
        &self.inner.base_url
    }

    fn http(&self) -> Result<&reqwest::Client> {
        self.inner.http.current()
    }

    pub(crate) fn max_response_size(&self) -> usize {
        self.inner.max_response_size
    }

    #[cfg(feature = "events")]
    pub(crate) fn brand(&self) -> Brand {
        self.inner.brand
    }

    #[cfg(feature = "events")]
    pub(crate) fn events_host(&self) -> Option<&Url> {
        self.inner.events_host.as_ref()
    }

    /// The client for WebSocket handshakes.
    #[cfg(feature = "events")]
    pub(crate) fn http1(&self, url: &Url) -> Result<&reqwest::Client> {
        self.inner.http1.client(url)
    }

    #[cfg(feature = "oidc")]
    pub(crate) fn oidc(&self) -> &crate::oidc::Provider {
        &self.inner.oidc
    }
}

impl fmt::Debug for AuthenticationClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthenticationClient")
            .field("host", &self.inner.host.as_str())
            .field("brand", &self.inner.brand)
            .field("app_id", &self.inner.auth.app_id)
            .field("access_token", &self.options.access_token)
            .finish_non_exhaustive()
    }
}
