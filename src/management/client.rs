//! `ManagementClient`: an access key, and the user pool that it gives access to.

use std::fmt;

use super::builder::ManagementClientBuilder;
use crate::Result;
use crate::client::core::ClientCore;

/// A client of the management API, with an access key.
///
/// Immutable and cheap to clone: all clones share the connection pool and the access token, which is fetched at the first
/// call. See [the module](crate::management).
#[derive(Clone)]
pub struct ManagementClient {
    core: ClientCore,
}

impl ManagementClient {
    /// Returns a builder with the default settings.
    pub fn builder() -> ManagementClientBuilder {
        ManagementClientBuilder::default()
    }

    /// Builds a client from the environment: `GENAUTH_ACCESS_KEY_ID` and `GENAUTH_ACCESS_KEY_SECRET`, and, if set,
    /// `GENAUTH_MANAGEMENT_HOST`, `GENAUTH_ACCESS_KEY_AUTH` (`bearer` or `signature`), `GENAUTH_TENANT_ID`,
    /// `GENAUTH_LANG`, `GENAUTH_BRAND` (`genauth` or `authing`), `GENAUTH_EVENTS_HOST` and `GENAUTH_TIMEOUT` (such as `5s`
    /// or `500ms`). An empty variable counts as missing, and line breaks at the end are ignored.
    ///
    /// # Errors
    ///
    /// [`Error::Config`](crate::Error::Config) names a variable that is missing or invalid.
    pub fn from_env() -> Result<Self> {
        ManagementClientBuilder::from_env()?.build()
    }

    /// Returns a clone that works on this tenant of the user pool.
    #[must_use]
    pub fn with_tenant_id(&self, id: impl Into<String>) -> Self {
        let mut client = self.clone();
        client.core.options_mut().tenant_id = Some(id.into());
        client
    }

    /// Returns a clone that requests messages in this language: `zh-CN`, `en-US`, `zh-TW` or `ja-JP`.
    #[must_use]
    pub fn with_lang(&self, lang: impl Into<String>) -> Self {
        let mut client = self.clone();
        client.core.options_mut().lang = Some(lang.into());
        client
    }

    pub(super) fn from_core(core: ClientCore) -> Self {
        Self { core }
    }

    pub(crate) fn core(&self) -> &ClientCore {
        &self.core
    }
}

impl fmt::Debug for ManagementClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ManagementClient")
            .field("host", &self.core.host().as_str())
            .field("access_key", &self.core.authenticator())
            .field("tenant_id", &self.core.options().tenant_id)
            .finish_non_exhaustive()
    }
}
