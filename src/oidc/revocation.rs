//! Ending what tokens are good for.

use super::TokenSet;
use crate::{AuthenticationClient, Result};

impl AuthenticationClient {
    /// Has the service take these tokens no longer: the refresh token, then the access token.
    ///
    /// An ID token cannot be revoked, and the browser stays logged in with the service until it is sent to the logout
    /// address, as in the [module's example](crate::oidc).
    ///
    /// ```no_run
    /// # async fn example(client: genauth::AuthenticationClient, handle: genauth::oidc::TokenManager) -> genauth::Result<()> {
    /// client.revoke_tokens(&handle.tokens()).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of any call. The access token is revoked even if the refresh token could not be.
    pub async fn revoke_tokens(&self, tokens: &TokenSet) -> Result<()> {
        let refresh = match &tokens.refresh_token {
            Some(token) => self.role_token_revocation(token.clone()).await,
            None => Ok(()),
        };
        self.role_token_revocation(tokens.access_token.clone()).await?;
        refresh
    }
}
