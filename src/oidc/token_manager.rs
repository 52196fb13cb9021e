//! Tokens that are refreshed before they expire.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, watch};
use tokio::time::Instant;
use tracing::Instrument;

use super::token_set::TokenSet;
use crate::error::TokenError;
use crate::{AuthenticationClient, Error, OAuthErrorCode, Result, Secret};

/// After a failed refresh, the next attempt waits this long.
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
    refresh_lock: Mutex<Option<Failure>>,
}

/// The last refresh, if it failed.
struct Failure {
    when: Instant,
    error: Error,
}

impl Failure {
    /// Whether the refresh token itself was rejected, so that no retry can succeed.
    fn is_permanent(&self) -> bool {
        matches!(&self.error, Error::OAuth(error) if error.error == OAuthErrorCode::InvalidGrant)
    }
}

impl TokenManager {
    /// Manages this token set, refreshing it through `client`.
    pub fn new(client: &AuthenticationClient, tokens: TokenSet) -> Self {
        let shared =
            Shared { client: client.clone(), tokens: watch::Sender::new(tokens), refresh_lock: Mutex::default() };
        Self { shared: Arc::new(shared) }
    }

    /// Returns an access token, refreshed if it expires within a minute, or within half its lifetime if that is shorter.
    ///
    /// If refreshing fails, the current token is returned until it expires. The next attempt is made five seconds later at
    /// the earliest; if the server rejected the refresh token, never.
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
        let shared = Arc::clone(&self.shared);
        let refresh = tokio::spawn(async move { shared.refresh().await }.in_current_span());
        refresh.await.unwrap_or_else(|error| match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(TokenError::RuntimeShutdown.into()),
        })
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
    async fn refresh(&self) -> Result<Secret> {
        let mut failure = self.refresh_lock.lock().await;
        let tokens = self.tokens.borrow().clone();
        if !tokens.needs_refresh() {
            return Ok(tokens.access_token);
        }
        let Some(refresh_token) = tokens.refresh_token.clone() else {
            return if tokens.is_expired() {
                Err(TokenError::MissingRefreshToken.into())
            } else {
                Ok(tokens.access_token)
            };
        };
        if failure.as_ref().is_none_or(|failure| !failure.is_permanent() && failure.when.elapsed() >= RETRY_DELAY) {
            *failure = match self.client.internal_token_refresh(refresh_token).await {
                Ok(response) => {
                    self.tokens.send_replace(tokens.refreshed(response));
                    None
                }
                Err(error) => Some(Failure { when: Instant::now(), error }),
            };
        }
        match &*failure {
            Some(failure) if failure.is_permanent() || tokens.is_expired() => Err(failure.error.clone()),
            _ => Ok(self.tokens.borrow().access_token.clone()),
        }
    }
}

impl fmt::Debug for TokenManager {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenManager").field("tokens", &self.tokens()).finish_non_exhaustive()
    }
}
