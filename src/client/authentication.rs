//! `AuthenticationClient`: an application at its host, and the user it calls for.

use std::fmt;
use std::net::IpAddr;
#[cfg(feature = "oidc")]
use std::sync::Arc;

use crate::client::builder::ClientBuilder;
use crate::client::core::ClientCore;
#[cfg(feature = "oidc")]
use crate::oidc::Provider;
use crate::{Result, Secret};

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
    core: ClientCore,
    #[cfg(feature = "oidc")]
    oidc: Arc<Provider>,
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
        client.core.options_mut().access_token = Some(token.into());
        client
    }

    /// Returns a clone that sends the end user's IP address, so that the service's rate limits apply to the user instead
    /// of your server.
    #[must_use]
    pub fn with_real_ip(&self, address: impl Into<IpAddr>) -> Self {
        let mut client = self.clone();
        client.core.options_mut().real_ip = Some(address.into());
        client
    }

    /// Returns a clone that requests messages in this language: `zh-CN`, `en-US`, `zh-TW` or `ja-JP`.
    #[must_use]
    pub fn with_lang(&self, lang: impl Into<String>) -> Self {
        let mut client = self.clone();
        client.core.options_mut().lang = Some(lang.into());
        client
    }

    pub(super) fn from_core(core: ClientCore, #[cfg(feature = "oidc")] oidc: Provider) -> Self {
        Self {
            core,
            #[cfg(feature = "oidc")]
            oidc: Arc::new(oidc),
        }
    }

    pub(crate) fn core(&self) -> &ClientCore {
        &self.core
    }

    pub(crate) fn app_id(&self) -> &str {
        self.core.app_id()
    }

    #[cfg(feature = "oidc")]
    pub(crate) fn app_secret(&self) -> Option<&Secret> {
        self.core.settings.auth.as_ref()?.app_secret.as_ref()
    }

    #[cfg(feature = "oidc")]
    pub(crate) fn oidc(&self) -> &Provider {
        &self.oidc
    }
}

impl fmt::Debug for AuthenticationClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthenticationClient")
            .field("host", &self.core.host().as_str())
            .field("brand", &self.core.settings.brand)
            .field("app_id", &self.app_id())
            .field("access_token", &self.core.options().access_token)
            .finish_non_exhaustive()
    }
}
