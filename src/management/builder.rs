//! The builder of a `ManagementClient`.

use std::fmt;
use std::sync::Arc;

use super::access_key::{AccessKey, AccessKeyAuthMethod};
use super::client::ManagementClient;
use crate::client::environment;
use crate::client::shared_settings::{Credentials, SharedSettings, shared_setters, without_credentials};
use crate::error::ConfigError;
use crate::{Brand, Result, Secret};

/// Builds a [`ManagementClient`]. Only the access key's ID and secret are required.
///
/// ```
/// use genauth::{ManagementClient, RetryPolicy};
///
/// let management = ManagementClient::builder()
///     .access_key_id("62e22100c0ffee5d2a0012ab")
///     .access_key_secret("8f1d4c0b7a6e4f0c9d2b3a5e6f708192")
///     .lang("en-US")
///     .retry_policy(RetryPolicy::max_attempts(2))
///     .build()?;
/// # Ok::<(), genauth::Error>(())
/// ```
#[derive(Default)]
#[must_use = "call `build` for the client"]
pub struct ManagementClientBuilder {
    access_key_id: Option<String>,
    access_key_secret: Option<Secret>,
    auth_method: AccessKeyAuthMethod,
    host: Option<String>,
    tenant_id: Option<String>,
    shared: SharedSettings,
}

impl ManagementClientBuilder {
    /// The access key's ID; that of the user pool's own key is the user pool's ID. Required.
    pub fn access_key_id(mut self, id: impl Into<String>) -> Self {
        self.access_key_id = Some(id.into());
        self
    }

    /// The access key's secret. Required.
    pub fn access_key_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.access_key_secret = Some(secret.into());
        self
    }

    /// How calls are authenticated; by default with the access token that the key is exchanged for.
    pub fn access_key_auth_method(mut self, method: AccessKeyAuthMethod) -> Self {
        self.auth_method = method;
        self
    }

    /// The base URL of the management API, such as `https://api.example.com`. By default that of the brand:
    /// `https://api.genauth.ai` or `https://api.authing.cn`.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.host = Some(host.into());
        self
    }

    /// The tenant of the user pool to work on; by default the user pool itself.
    pub fn tenant_id(mut self, id: impl Into<String>) -> Self {
        self.tenant_id = Some(id.into());
        self
    }

    shared_setters!();

    /// Returns a builder with settings from the environment: see [`ManagementClient::from_env`].
    ///
    /// # Errors
    ///
    /// [`Error::Config`](crate::Error::Config) names a variable that is missing or invalid.
    pub fn from_env() -> Result<Self> {
        let mut builder = Self {
            access_key_id: Some(environment::required("GENAUTH_ACCESS_KEY_ID")?),
            access_key_secret: Some(environment::required("GENAUTH_ACCESS_KEY_SECRET")?.into()),
            host: environment::variable("GENAUTH_MANAGEMENT_HOST")?,
            tenant_id: environment::variable("GENAUTH_TENANT_ID")?,
            shared: environment::shared_settings()?,
            ..Self::default()
        };
        let methods = [("bearer", AccessKeyAuthMethod::BearerToken), ("signature", AccessKeyAuthMethod::Signature)];
        if let Some(method) = environment::one_of("GENAUTH_ACCESS_KEY_AUTH", &methods)? {
            builder.auth_method = method;
        }
        Ok(builder)
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// [`Error::Config`](crate::Error::Config) names the setting that is missing or invalid.
    pub fn build(self) -> Result<ManagementClient> {
        let missing =
            |what: &str, method: &str| ConfigError::new(format!("missing {what}"), format!("call `{method}`"));
        let id = self.access_key_id.ok_or_else(|| missing("access key ID", "access_key_id"))?;
        let secret = self.access_key_secret.ok_or_else(|| missing("access key secret", "access_key_secret"))?;
        let host = self.host.unwrap_or_else(|| default_host(self.shared.brand.unwrap_or_default()).to_owned());
        let credentials = Credentials {
            authenticator: Some(Arc::new(AccessKey::new(id, secret, self.auth_method))),
            tenant_id: self.tenant_id,
            ..Credentials::default()
        };
        Ok(ManagementClient::from_core(self.shared.into_core(("management host", &host), credentials, Vec::new())?))
    }
}

fn default_host(brand: Brand) -> &'static str {
    match brand {
        Brand::GenAuth => "https://api.genauth.ai",
        Brand::Authing => "https://api.authing.cn",
    }
}

impl fmt::Debug for ManagementClientBuilder {
    /// Shows no secret, and of URLs no user and password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ManagementClientBuilder")
            .field("access_key_id", &self.access_key_id)
            .field("host", &self.host.as_deref().map(without_credentials))
            .field("tenant_id", &self.tenant_id)
            .field("settings", &self.shared)
            .finish_non_exhaustive()
    }
}
