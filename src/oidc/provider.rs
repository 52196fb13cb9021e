//! The OpenID Connect provider of a client: its issuer and its keys.

use url::Url;

use super::jwks::JwksCache;

pub(crate) struct Provider {
    pub issuer: String,
    pub jwks: JwksCache,
}

impl Provider {
    pub fn new(host: &Url, issuer: Option<String>) -> Self {
        let issuer = issuer.unwrap_or_else(|| format!("{}/oidc", host.as_str().trim_end_matches('/')));
        Self { issuer, jwks: JwksCache::default() }
    }
}
