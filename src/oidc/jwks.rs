//! The keys that the server signs with, kept for as long as they do.

use std::sync::{Arc, RwLock};
use std::time::Duration;

use jsonwebtoken::DecodingKey;
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::error::TokenError;
use crate::types::OidcKeyDto;
use crate::{AuthenticationClient, Error, Result};

/// A token with a made-up key id makes the client ask for keys no more often than this.
const PAUSE: Duration = Duration::from_secs(60);

#[derive(Default)]
pub(crate) struct JwksCache {
    known: RwLock<Arc<[OidcKeyDto]>>,
    fetching: Mutex<Fetching>,
}

/// How fetching went last.
#[derive(Default)]
struct Fetching {
    begun: Option<Instant>,
    failed: Option<(Instant, Error)>,
}

impl JwksCache {
    /// The key of that id; without an id, the only one there is.
    pub async fn get(&self, client: &AuthenticationClient, id: Option<&str>) -> Result<DecodingKey> {
        let asked = Instant::now();
        if let Some(key) = find(&self.known(), id)? {
            return Ok(key);
        }
        let mut fetching = self.fetching.lock().await;
        let known = self.known();
        if let Some(key) = find(&known, id)? {
            return Ok(key);
        }
        // It failed while this task was waiting for its turn: that is the answer for all who waited.
        if let Some((when, error)) = &fetching.failed
            && *when >= asked
        {
            return Err(error.clone());
        }
        let is_too_early = fetching.begun.is_some_and(|begun| begun.elapsed() < PAUSE);
        if known.is_empty() || !is_too_early {
            fetching.begun = Some(Instant::now());
            match client.role_jwks().await {
                Ok(answer) => self.learn(answer.keys.into()),
                Err(error) => {
                    fetching.failed = Some((Instant::now(), error.clone()));
                    return Err(error);
                }
            }
        }
        find(&self.known(), id)?
            .ok_or_else(|| if id.is_some() { TokenError::UnknownKey } else { TokenError::MissingKeyId }.into())
    }

    fn known(&self) -> Arc<[OidcKeyDto]> {
        self.known.read().unwrap_or_else(|poisoned| poisoned.into_inner()).clone()
    }

    fn learn(&self, keys: Arc<[OidcKeyDto]>) {
        *self.known.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = keys;
    }
}

fn find(keys: &[OidcKeyDto], id: Option<&str>) -> Result<Option<DecodingKey>, TokenError> {
    let mut usable = keys.iter().filter_map(|key| Some((key, rs256(key)?)));
    let Some(id) = id else {
        return match (usable.next(), usable.next()) {
            (Some((_, key)), None) => Ok(Some(key)),
            (Some(_), Some(_)) => Err(TokenError::MissingKeyId),
            (None, _) => Ok(None),
        };
    };
    let is_named = |key: &OidcKeyDto| key.kid.as_deref() == Some(id);
    match usable.find(|(key, _)| is_named(key)) {
        Some((_, key)) => Ok(Some(key)),
        None if keys.iter().any(is_named) => Err(TokenError::UnsupportedKey),
        None => Ok(None),
    }
}

fn rs256(key: &OidcKeyDto) -> Option<DecodingKey> {
    let is_for_it = key.kty == "RSA"
        && key.use_.as_deref().is_none_or(|purpose| purpose == "sig")
        && key.alg.as_deref().is_none_or(|algorithm| algorithm == "RS256");
    DecodingKey::from_rsa_components(key.n.as_ref()?, key.e.as_ref()?).ok().filter(|_| is_for_it)
}
