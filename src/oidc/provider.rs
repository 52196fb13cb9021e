//! What a client knows of the OpenID Connect provider at its host.

use url::Url;

use super::jwks::JwksCache;

pub(crate) struct Provider {
    pub issuer: String,
    pub keys: JwksCache,
}

impl Provider {
    pub fn new(host: &Url, issuer: Option<String>) -> Self {
        let issuer = issuer.unwrap_or_else(|| format!("{}/oidc", host.as_str().trim_end_matches('/')));
        Self { issuer, keys: JwksCache::default() }
    }
}
