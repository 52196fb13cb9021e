//! The OpenID Connect provider of a client: its issuer and its keys.

use url::Url;

use super::jwks::JwksCache;
use super::verification::IdTokenAlgorithm;
use crate::Secret;
use crate::error::ConfigError;

/// RFC 7518, section 3.2: a key of the same size as the hash, or larger.
const MIN_SECRET_LEN: usize = 32;

pub(crate) struct Provider {
    pub issuer: String,
    pub id_token_algorithms: Vec<IdTokenAlgorithm>,
    pub jwks: JwksCache,
}

/// What a builder says of the provider.
#[derive(Debug, Default)]
pub(crate) struct ProviderConfig {
    pub issuer: Option<String>,
    pub jwks_uri: Option<String>,
    pub id_token_algorithms: Option<Vec<IdTokenAlgorithm>>,
}

impl ProviderConfig {
    pub fn provider(
        self,
        host: &Url,
        app_secret: Option<&Secret>,
        jwks_uri: Option<Url>,
    ) -> Result<Provider, ConfigError> {
        let issuer = self.issuer.unwrap_or_else(|| format!("{}/oidc", host.as_str().trim_end_matches('/')));
        let id_token_algorithms = self.id_token_algorithms.unwrap_or_else(|| vec![IdTokenAlgorithm::Rs256]);
        let secret_len = app_secret.map_or(0, |secret| secret.expose_secret().len());
        if id_token_algorithms.contains(&IdTokenAlgorithm::Hs256) && secret_len < MIN_SECRET_LEN {
            let help = "set `app_secret` to one of 32 bytes or more, or allow `Rs256` only";
            return Err(ConfigError::new(
                "`id_token_algorithms` allows HS256 with an app secret that can be guessed",
                help,
            ));
        }
        Ok(Provider { issuer, id_token_algorithms, jwks: JwksCache::new(jwks_uri) })
    }
}
