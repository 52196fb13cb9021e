//! The provider's signing keys (JWKS), cached.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use jsonwebtoken::DecodingKey;
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::error::TokenError;
use crate::types::OidcKeyDto;
use crate::{AuthenticationClient, Error, Result};

/// Tokens with a made-up `kid` cause no more than one request in this time.
const MIN_REFETCH_INTERVAL: Duration = Duration::from_secs(60);

#[derive(Default)]
pub(crate) struct JwksCache {
    cached: RwLock<Arc<[OidcKeyDto]>>,
    last_fetch: Mutex<LastFetch>,
}

#[derive(Default)]
struct LastFetch {
    started: Option<Instant>,
    failed: Option<(Instant, Error)>,
}

impl JwksCache {
    /// The key with this `kid`; without a `kid`, the provider's only key.
    pub async fn get(&self, client: &AuthenticationClient, kid: Option<&str>) -> Result<DecodingKey> {
        let requested = Instant::now();
        if let Some(key) = find(&self.cached(), kid)? {
            return Ok(key);
        }
        let mut last_fetch = self.last_fetch.lock().await;
        let cached = self.cached();
        if let Some(key) = find(&cached, kid)? {
            return Ok(key);
        }
        // The fetch that this task was waiting for has failed: all waiting tasks share its error.
        if let Some((when, error)) = &last_fetch.failed
            && *when >= requested
        {
            return Err(error.clone());
        }
        let is_too_soon = last_fetch.started.is_some_and(|started| started.elapsed() < MIN_REFETCH_INTERVAL);
        if cached.is_empty() || !is_too_soon {
            last_fetch.started = Some(Instant::now());
            match client.internal_jwks().await {
                Ok(response) => self.store(response.keys.into()),
                Err(error) => {
                    last_fetch.failed = Some((Instant::now(), error.clone()));
                    return Err(error);
                }
            }
        }
        let missing = if kid.is_some() { TokenError::UnknownKey } else { TokenError::MissingKeyId };
        Ok(find(&self.cached(), kid)?.ok_or(missing)?)
    }

    fn cached(&self) -> Arc<[OidcKeyDto]> {
        self.cached.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn store(&self, keys: Arc<[OidcKeyDto]>) {
        *self.cached.write().unwrap_or_else(PoisonError::into_inner) = keys;
    }
}

fn find(keys: &[OidcKeyDto], kid: Option<&str>) -> Result<Option<DecodingKey>, TokenError> {
    let mut usable = keys.iter().filter_map(|key| Some((key, rs256_key(key)?)));
    let Some(kid) = kid else {
        return match (usable.next(), usable.next()) {
            (Some((_, key)), None) => Ok(Some(key)),
            (Some(_), Some(_)) => Err(TokenError::MissingKeyId),
            (None, _) => Ok(None),
        };
    };
    let has_kid = |key: &OidcKeyDto| key.kid.as_deref() == Some(kid);
    match usable.find(|(key, _)| has_kid(key)) {
        Some((_, key)) => Ok(Some(key)),
        None if keys.iter().any(has_kid) => Err(TokenError::UnsupportedKey),
        None => Ok(None),
    }
}

/// The key, if it verifies RS256 signatures.
fn rs256_key(key: &OidcKeyDto) -> Option<DecodingKey> {
    let is_rs256 = key.kty == "RSA"
        && key.use_.as_deref().is_none_or(|purpose| purpose == "sig")
        && key.alg.as_deref().is_none_or(|algorithm| algorithm == "RS256");
    if !is_rs256 {
        return None;
    }
    DecodingKey::from_rsa_components(key.n.as_ref()?, key.e.as_ref()?).ok()
}
