//! Tokens that are refreshed before they expire.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, timeout};

use super::token_set::TokenSet;
use crate::error::TokenError;
use crate::single_flight::{Flight, SingleFlight};
use crate::{AuthenticationClient, Error, Result, Secret};

/// The timeout of a refresh. It is longer than a call's: the server may have rotated the refresh token already, and only
/// the response has the new one.
const REFRESH_TIMEOUT: Duration = Duration::from_secs(60);
/// After a failed refresh, the next attempt waits this long; also after one that yields an expired token.
const RETRY_DELAY: Duration = Duration::from_secs(5);

/// Manages a user's token set, refreshing it before it expires: once, however many calls are waiting.
///
/// Cheap to clone; all clones share the same tokens. A refresh that has started runs to completion even if its callers
/// are dropped, since the server may accept the old refresh token only once. Use one manager per token set; to store
/// the tokens beyond the process, watch them with [`subscribe`](Self::subscribe).
///
/// ```no_run
/// # async fn example(client: genauth::AuthenticationClient, tokens: genauth::oidc::TokenSet) -> genauth::Result<()> {
/// use genauth::oidc::TokenManager;
///
/// let manager = TokenManager::new(&client, tokens);
/// let profile = manager.client().await?.get_profile().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[doc(alias = "TokenHandle")]
pub struct TokenManager {
    shared: Arc<Shared>,
}

struct Shared {
    client: AuthenticationClient,
    tokens: watch::Sender<TokenSet>,
    last: Mutex<Option<Attempt>>,
    refresh: SingleFlight<()>,
}

/// The last refresh, when it ended, and how.
#[derive(Clone)]
struct Attempt {
    when: Instant,
    outcome: Result<()>,
}

impl Attempt {
    /// Whether another attempt may be made, with these tokens.
    fn may_be_repeated(&self, tokens: &TokenSet) -> bool {
        let is_over = self.when.elapsed() >= RETRY_DELAY;
        match &self.outcome {
            // The new token has expired already: a server that says so says it again.
            Ok(()) => is_over || !tokens.lifetime().is_zero(),
            // The server may have rotated the refresh token: sending the old one again may revoke the new one, too.
            Err(Error::Transport(error)) if !error.is_connect() => is_over && tokens.is_expired(),
            Err(Error::Token(TokenError::RuntimeShutdown)) => is_over && tokens.is_expired(),
            Err(error) => is_over && error.is_transient(),
        }
    }
}

impl TokenManager {
    /// Manages this token set, refreshing it through `client`.
    pub fn new(client: &AuthenticationClient, tokens: TokenSet) -> Self {
        let shared = Shared {
            client: client.clone(),
            tokens: watch::Sender::new(tokens),
            last: Mutex::default(),
            refresh: SingleFlight::default(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// Returns an access token, refreshed if it expires within a minute, or within half its lifetime if that is shorter.
    ///
    /// A refresh may take up to a minute, whatever the client's timeout is. Until the current token expires, it is returned
    /// if refreshing fails, or takes longer than the client's timeout. After a failure that is transient, the next attempt
    /// is made five seconds later at the earliest; if the response is lost, not before the current token expires. After any
    /// other failure, the refresh token is not sent again.
    ///
    /// # Errors
    ///
    /// [`Error::OAuth`] with `invalid_grant` when the refresh token is used, expired or revoked: log in again.
    /// [`Error::Token`] when there is no refresh token; otherwise the error of the refresh.
    pub async fn access_token(&self) -> Result<Secret> {
        let tokens = self.tokens();
        if !tokens.needs_refresh() {
            return Ok(tokens.access_token);
        }
        if tokens.refresh_token.is_none() {
            return if tokens.is_expired() {
                Err(TokenError::MissingRefreshToken.into())
            } else {
                Ok(tokens.access_token)
            };
        }
        let last = self.shared.last().clone();
        let outcome = match (self.shared.refresh.running(), last) {
            (None, Some(last)) if !last.may_be_repeated(&tokens) => last.outcome,
            (running, _) => self.refresh(running, &tokens).await,
        };
        match outcome {
            Err(error) if self.tokens().is_expired() => Err(error),
            _ => Ok(self.tokens().access_token),
        }
    }

    async fn refresh(&self, running: Option<Flight<()>>, tokens: &TokenSet) -> Result<()> {
        let shared = Arc::clone(&self.shared);
        let start = || self.shared.refresh.join(|| async move { shared.refresh().await });
        let outcome = running.unwrap_or_else(start).outcome();
        if tokens.is_expired() {
            return outcome.await;
        }
        // The current token will do.
        timeout(self.shared.client.core().options().timeout, outcome).await.unwrap_or(Ok(()))
    }

    /// Waits until no refresh is running: before the process or the runtime ends, so that a rotated refresh token is not
    /// lost.
    pub async fn finish_refresh(&self) {
        if let Some(running) = self.shared.refresh.running() {
            // Whoever asks for a token gets the error.
            let _ = running.outcome().await;
        }
    }

    /// Returns a client with the token that [`access_token`](Self::access_token) returns. Do not store the client: its
    /// token is not refreshed.
    ///
    /// # Errors
    ///
    /// As [`access_token`](Self::access_token).
    pub async fn client(&self) -> Result<AuthenticationClient> {
        Ok(self.shared.client.with_access_token(self.access_token().await?))
    }

    /// Returns the current tokens, without refreshing them.
    pub fn tokens(&self) -> TokenSet {
        self.shared.tokens.borrow().clone()
    }

    /// Watches the tokens, so that refreshed ones can be stored.
    pub fn subscribe(&self) -> watch::Receiver<TokenSet> {
        self.shared.tokens.subscribe()
    }
}

impl Shared {
    async fn refresh(&self) -> Result<()> {
        let tokens = self.tokens.borrow().clone();
        // Another refresh may have ended since the caller looked.
        let may_be_repeated = self.last().as_ref().is_none_or(|last| last.may_be_repeated(&tokens));
        let Some(refresh_token) = tokens.refresh_token.clone().filter(|_| tokens.needs_refresh() && may_be_repeated)
        else {
            return self.last().as_ref().map_or(Ok(()), |last| last.outcome.clone());
        };
        // What stays if the runtime shuts down.
        *self.last() = Some(Attempt { when: Instant::now(), outcome: Err(TokenError::RuntimeShutdown.into()) });
        let response = self.client.internal_token_refresh(refresh_token).timeout(REFRESH_TIMEOUT).await;
        let outcome = response.map(|response| tokens.refreshed(response.into())).or_else(|error| {
            let body = match &error {
                Error::Decode(error) => error.body(),
                _ => return Err(error),
            };
            tokens.refreshed_in_part(body).ok_or(error)
        });
        let outcome = outcome.map(|tokens| drop(self.tokens.send_replace(tokens)));
        *self.last() = Some(Attempt { when: Instant::now(), outcome: outcome.clone() });
        outcome
    }

    fn last(&self) -> MutexGuard<'_, Option<Attempt>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for TokenManager {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenManager").field("tokens", &self.tokens()).finish_non_exhaustive()
    }
}
