//! Tokens that renew themselves.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, watch};
use tokio::time::Instant;
use tracing::Instrument;

use super::TokenSet;
use crate::error::TokenError;
use crate::{AuthenticationClient, Error, OAuthErrorCode, Result, Secret};

/// After a renewal that failed, the next one waits this long.
const PAUSE: Duration = Duration::from_secs(5);

/// A user's tokens, renewed when they are about to expire: once, however many calls are waiting.
///
/// Cheap to clone; all clones hold the same tokens. A renewal that has begun is finished even when nobody waits for it
/// any more, since the server may take the old refresh token only once. Keep one handle for each set of tokens, and
/// keep the new ones, if they are to outlive the process: [`subscribe`](Self::subscribe) tells of them.
///
/// ```no_run
/// # async fn example(client: genauth::AuthenticationClient, tokens: genauth::oidc::TokenSet) -> genauth::Result<()> {
/// use genauth::oidc::TokenManager;
///
/// let handle = TokenManager::new(&client, tokens);
/// let profile = handle.client().await?.get_profile().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct TokenManager {
    shared: Arc<Shared>,
}

struct Shared {
    client: AuthenticationClient,
    tokens: watch::Sender<TokenSet>,
    renewing: Mutex<Option<Failure>>,
}

/// A renewal that failed.
struct Failure {
    when: Instant,
    error: Error,
}

impl Failure {
    /// Whether the refresh token itself was refused, so that trying again is of no use.
    fn is_final(&self) -> bool {
        matches!(&self.error, Error::OAuth(error) if error.error == OAuthErrorCode::InvalidGrant)
    }
}

impl TokenManager {
    /// Takes care of these tokens. They are renewed through `client`.
    pub fn new(client: &AuthenticationClient, tokens: TokenSet) -> Self {
        let shared = Shared { client: client.clone(), tokens: watch::Sender::new(tokens), renewing: Mutex::default() };
        Self { shared: Arc::new(shared) }
    }

    /// An access token that is good for a while: a minute, or half its life if that is shorter.
    ///
    /// If it cannot be renewed for the moment, the old one is returned for as long as it lives. After a failure the
    /// server is asked again no sooner than five seconds later, and if it refused the refresh token, not at all.
    ///
    /// # Errors
    ///
    /// [`Error::OAuth`] with `invalid_grant` when the refresh token is used, expired or revoked: log in again.
    /// [`Error::Token`] when there is none; others, why the renewal failed.
    pub async fn access_token(&self) -> Result<Secret> {
        let tokens = self.tokens();
        if !tokens.is_due() {
            return Ok(tokens.access_token);
        }
        let shared = Arc::clone(&self.shared);
        let renewal = tokio::spawn(async move { shared.renew().await }.in_current_span());
        renewal.await.unwrap_or_else(|error| match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(TokenError::RuntimeShutdown.into()),
        })
    }

    /// A client that calls with such an access token; good for the next calls, not for keeping.
    ///
    /// # Errors
    ///
    /// As [`access_token`](Self::access_token).
    pub async fn client(&self) -> Result<AuthenticationClient> {
        Ok(self.shared.client.with_access_token(self.access_token().await?))
    }

    /// The tokens as they are now.
    pub fn tokens(&self) -> TokenSet {
        self.shared.tokens.borrow().clone()
    }

    /// Tells of new tokens as they come, for keeping them.
    pub fn subscribe(&self) -> watch::Receiver<TokenSet> {
        self.shared.tokens.subscribe()
    }
}

impl Shared {
    async fn renew(&self) -> Result<Secret> {
        let mut failure = self.renewing.lock().await;
        let tokens = self.tokens.borrow().clone();
        if !tokens.is_due() {
            return Ok(tokens.access_token);
        }
        let Some(refresh_token) = tokens.refresh_token.clone() else {
            return if tokens.is_expired() {
                Err(TokenError::MissingRefreshToken.into())
            } else {
                Ok(tokens.access_token)
            };
        };
        if failure.as_ref().is_none_or(|failure| !failure.is_final() && failure.when.elapsed() >= PAUSE) {
            *failure = match self.client.role_token_refresh(refresh_token).await {
                Ok(answer) => {
                    self.tokens.send_replace(tokens.renewed(answer));
                    None
                }
                Err(error) => Some(Failure { when: Instant::now(), error }),
            };
        }
        match &*failure {
            Some(failure) if failure.is_final() || tokens.is_expired() => Err(failure.error.clone()),
            _ => Ok(self.tokens.borrow().access_token.clone()),
        }
    }
}

impl fmt::Debug for TokenManager {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenManager").field("tokens", &self.tokens()).finish_non_exhaustive()
    }
}
