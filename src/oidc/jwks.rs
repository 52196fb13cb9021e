//! The provider's key set, cached.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;
use url::Url;

use super::jwk::KeySet;
use crate::single_flight::SingleFlight;
use crate::{AuthenticationClient, Error, Result};

/// How long keys are trusted if the response does not say so: a key that the provider withdraws is accepted as long.
const MAX_AGE: Duration = Duration::from_secs(60 * 60);
/// The bounds of what the response's `Cache-Control` may say.
const MIN_MAX_AGE: Duration = Duration::from_secs(5 * 60);
const MAX_MAX_AGE: Duration = Duration::from_secs(24 * 60 * 60);
/// Made-up tokens cause no more than one request in this time.
const PAUSE: Duration = Duration::from_secs(60);
/// The same after a failed request, whose error all callers get in the meantime.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(5);

#[derive(Default)]
pub(crate) struct JwksCache {
    /// Where the keys are, if the caller has set it.
    uri: Option<Url>,
    state: Mutex<State>,
    fetch: SingleFlight<Arc<KeySet>>,
}

#[derive(Default)]
struct State {
    cached: Option<Cached>,
    /// The last fetch, if it failed.
    failure: Option<(Instant, Error)>,
}

#[derive(Clone)]
struct Cached {
    keys: Arc<KeySet>,
    fetched_at: Instant,
    max_age: Duration,
}

impl JwksCache {
    pub fn new(uri: Option<Url>) -> Self {
        Self { uri, ..Self::default() }
    }

    /// The keys that are trusted now. Past half of their age they are fetched again in the background.
    pub async fn keys(&self, client: &AuthenticationClient) -> Result<Arc<KeySet>> {
        let cached = self.state().cached.clone().filter(|cached| cached.fetched_at.elapsed() < cached.max_age);
        let Some(cached) = cached else { return self.fetch(client).await };
        if cached.fetched_at.elapsed() >= cached.max_age / 2 && self.recent_failure().is_none() {
            drop(self.start(client));
        }
        Ok(cached.keys)
    }

    /// Newer keys than these, which reject a token; `None` if they were fetched just now.
    pub async fn newer(&self, client: &AuthenticationClient, keys: &Arc<KeySet>) -> Result<Option<Arc<KeySet>>> {
        let cached = self.state().cached.clone();
        match cached {
            Some(cached) if !Arc::ptr_eq(&cached.keys, keys) => Ok(Some(cached.keys)),
            Some(cached) if cached.fetched_at.elapsed() < PAUSE => Ok(None),
            _ => self.fetch(client).await.map(Some),
        }
    }

    async fn fetch(&self, client: &AuthenticationClient) -> Result<Arc<KeySet>> {
        match self.recent_failure() {
            Some(error) => Err(error),
            None => self.start(client).outcome().await,
        }
    }

    fn start(&self, client: &AuthenticationClient) -> crate::single_flight::Flight<Arc<KeySet>> {
        let client = client.clone();
        self.fetch.join(|| async move { client.oidc().jwks.fetch_now(&client).await })
    }

    async fn fetch_now(&self, client: &AuthenticationClient) -> Result<Arc<KeySet>> {
        let mut call = client.internal_jwks();
        if let Some(uri) = self.uri(client).await {
            call = call.at(uri);
        }
        let response = call.envelope().await;
        let mut state = self.state();
        match response {
            Ok(response) => {
                let keys = Arc::new(KeySet::new(response.data.keys));
                let max_age = response.max_age.map_or(MAX_AGE, |age| age.clamp(MIN_MAX_AGE, MAX_MAX_AGE));
                let cached = Cached { keys: Arc::clone(&keys), fetched_at: Instant::now(), max_age };
                *state = State { cached: Some(cached), failure: None };
                Ok(keys)
            }
            Err(error) => {
                state.failure = Some((Instant::now(), error.clone()));
                Err(error)
            }
        }
    }

    /// Where the keys are, if not at the operation's own URL: where the caller says, or the provider's configuration, which
    /// may name a URL of the same host only.
    async fn uri(&self, client: &AuthenticationClient) -> Option<Url> {
        if self.uri.is_some() {
            return self.uri.clone();
        }
        let configuration = client.internal_discovery().await.ok()?;
        Url::parse(&configuration.jwks_uri).ok().filter(|uri| uri.origin() == client.core().host().origin())
    }

    fn recent_failure(&self) -> Option<Error> {
        let (when, error) = self.state().failure.clone()?;
        (when.elapsed() < PAUSE_AFTER_FAILURE).then_some(error)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
