//! The builder of a client.

use std::fmt;
use std::net::IpAddr;

#[cfg(feature = "oidc")]
use url::Url;

use crate::client::AuthenticationClient;
use crate::client::auth::{ClientAuth, ClientAuthMethod};
use crate::client::environment;
#[cfg(feature = "oidc")]
use crate::client::shared_settings::parse_url;
use crate::client::shared_settings::{Credentials, SharedSettings, shared_setters, without_credentials};
use crate::error::ConfigError;
#[cfg(feature = "oidc")]
use crate::oidc::{IdTokenAlgorithm, ProviderConfig};
use crate::{Result, Secret};

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
    app_secret: Option<Secret>,
    token_endpoint_auth_method: ClientAuthMethod,
    access_token: Option<Secret>,
    real_ip: Option<IpAddr>,
    pub(super) shared: SharedSettings,
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

    /// The end user's IP address, so that the service's rate limits apply to the user instead of your server.
    pub fn real_ip(mut self, address: impl Into<IpAddr>) -> Self {
        self.real_ip = Some(address.into());
        self
    }

    shared_setters!();

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
        #[cfg(feature = "oidc")]
        let allow_insecure_http = self.shared.allow_insecure_http;
        #[cfg(feature = "oidc")]
        let jwks_uri =
            self.provider.jwks_uri.as_deref().map(|uri| parse_jwks_uri(uri, allow_insecure_http)).transpose()?;
        #[cfg(feature = "oidc")]
        let provider = (self.provider, self.app_secret.clone());
        let credentials = Credentials {
            auth: Some(ClientAuth { app_id, app_secret: self.app_secret, method: self.token_endpoint_auth_method }),
            access_token: self.access_token,
            real_ip: self.real_ip,
            #[cfg(feature = "management")]
            authenticator: None,
            #[cfg(feature = "management")]
            tenant_id: None,
        };
        #[cfg(feature = "oidc")]
        let other_urls = jwks_uri.iter().cloned().collect();
        #[cfg(not(feature = "oidc"))]
        let other_urls = Vec::new();
        let core = self.shared.into_core(("application host", &host), credentials, other_urls)?;
        #[cfg(feature = "oidc")]
        let provider = provider.0.provider(core.host(), provider.1.as_ref(), jwks_uri)?;
        Ok(AuthenticationClient::from_core(
            core,
            #[cfg(feature = "oidc")]
            provider,
        ))
    }
}

#[cfg(feature = "oidc")]
fn parse_jwks_uri(uri: &str, allow_insecure_http: bool) -> Result<Url, ConfigError> {
    parse_url("`jwks_uri`", "http", "https://example.genauth.ai/oidc/.well-known/jwks.json", uri, allow_insecure_http)
}

impl fmt::Debug for ClientBuilder {
    /// Shows no secret, and of URLs no user and password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("app_id", &self.app_id)
            .field("app_host", &self.app_host.as_deref().map(without_credentials))
            .field("settings", &self.shared)
            .finish_non_exhaustive()
    }
}
