//! The access token that an access key is exchanged for, shared by all calls of a client.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use serde_json::Value;
use tokio::time::{Instant, timeout};

use super::client::ManagementClient;
use crate::client::core::ClientCore;
use crate::error::TransportError;
use crate::single_flight::SingleFlight;
use crate::{ApiCode, Error, Result, Secret};

/// A token is replaced this long before it expires, or after half its lifetime if that is shorter.
const MARGIN: Duration = Duration::from_secs(60);
/// The longest lifetime that is believed.
const MAX_LIFETIME: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// After a failure, callers get its error for this long; a token that was fetched because the server rejected the last
/// one is not replaced for the same reason in this time.
const PAUSE: Duration = Duration::from_secs(5);

/// An access token.
#[derive(Clone)]
pub struct AccessToken {
    pub secret: Secret,
    pub user_pool_id: Option<String>,
    /// Counts the tokens of a client.
    pub generation: u64,
}

impl AccessToken {
    /// A token that the caller has.
    pub fn given(secret: Secret) -> Self {
        let user_pool_id = user_pool_id(&secret);
        Self { secret, user_pool_id, generation: 0 }
    }
}

/// The claim with the user pool's ID. The token is the server's to verify.
fn user_pool_id(token: &Secret) -> Option<String> {
    let claims = token.expose_secret().split('.').nth(1)?;
    let claims = BASE64_URL_SAFE_NO_PAD.decode(claims.trim_end_matches('=')).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    Some(claims["scoped_userpool_id"].as_str()?.to_owned())
}

#[derive(Default)]
pub struct AccessTokenCache {
    state: Arc<Mutex<State>>,
    fetch: SingleFlight<AccessToken>,
}

#[derive(Default)]
struct State {
    cached: Option<Cached>,
    /// The number of tokens so far.
    generation: u64,
    /// The last fetch, if it failed.
    failure: Option<(Instant, Error)>,
    /// When a token was last given up because the server rejected it.
    rejected_at: Option<Instant>,
}

struct Cached {
    token: AccessToken,
    fetched_at: Instant,
    lifetime: Duration,
}

impl Cached {
    fn is_expired(&self) -> bool {
        self.fetched_at.elapsed() >= self.lifetime
    }

    fn is_fresh(&self) -> bool {
        let margin = MARGIN.min(self.lifetime / 2);
        self.fetched_at.elapsed() < self.lifetime.saturating_sub(margin)
    }
}

impl AccessTokenCache {
    /// The current token, which is replaced in the background if it expires soon, or else a new one for the access key.
    pub async fn token(
        &self,
        client: &ClientCore,
        access_key: (&str, &Secret),
        time_left: Duration,
    ) -> Result<AccessToken> {
        let (current, failure) = {
            let state = self.state();
            let current = state.cached.as_ref().filter(|cached| !cached.is_expired());
            if let Some(cached) = current.filter(|cached| cached.is_fresh()) {
                return Ok(cached.token.clone());
            }
            let failure = state.failure.clone().filter(|(when, _)| when.elapsed() < PAUSE);
            (current.map(|cached| cached.token.clone()), failure)
        };
        match (current, failure) {
            (Some(current), Some(_)) => Ok(current),
            (None, Some((_, error))) => Err(error),
            (current, None) => {
                let flight = self.fetch.join(|| fetch(client, access_key, Arc::clone(&self.state)));
                match current {
                    Some(current) => Ok(current),
                    None => {
                        let waited = timeout(time_left, flight.outcome()).await;
                        waited.unwrap_or_else(|_| Err(TransportError::no_access_token().into()))
                    }
                }
            }
        }
    }

    /// Gives up the token of this generation if the server says that it is no longer good.
    pub fn renews(&self, generation: u64, error: &Error) -> bool {
        if generation == 0 || error.api_code() != Some(ApiCode::NOT_SIGNED_IN) {
            return false;
        }
        let mut state = self.state();
        if state.cached.as_ref().is_none_or(|cached| cached.token.generation != generation) {
            return true;
        }
        if state.rejected_at.is_some_and(|when| when.elapsed() < PAUSE) {
            return false;
        }
        state.rejected_at = Some(Instant::now());
        state.cached = None;
        true
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Exchanges the access key for a token, with the options of the client: the first caller's own are not for those who
/// wait with it.
fn fetch(
    client: &ClientCore,
    (id, secret): (&str, &Secret),
    state: Arc<Mutex<State>>,
) -> impl Future<Output = Result<AccessToken>> + Send + 'static {
    let client = ManagementClient::from_core(client.with_default_options());
    let call = client.internal_management_token(id, secret.clone());
    async move {
        let response = call.await;
        let mut state = lock(&state);
        match response {
            Ok(response) => {
                let lifetime = Duration::from_secs(response.expires_in.try_into().unwrap_or_default());
                state.generation += 1;
                let token = AccessToken {
                    generation: state.generation,
                    user_pool_id: user_pool_id(&response.access_token),
                    secret: response.access_token,
                };
                state.cached = Some(Cached {
                    token: token.clone(),
                    fetched_at: Instant::now(),
                    lifetime: lifetime.min(MAX_LIFETIME),
                });
                state.failure = None;
                Ok(token)
            }
            Err(error) => {
                state.failure = Some((Instant::now(), error.clone()));
                Err(error)
            }
        }
    }
}
