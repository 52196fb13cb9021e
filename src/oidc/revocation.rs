//! Revoking tokens.

use super::token_set::TokenSet;
use crate::{AuthenticationClient, Result};

impl AuthenticationClient {
    /// Revokes the refresh token, then the access token.
    ///
    /// An ID token cannot be revoked, and the browser stays logged in to the service until it is redirected to the logout
    /// URL, as in the [module's example](crate::oidc).
    ///
    /// ```no_run
    /// # async fn example(client: genauth::AuthenticationClient, manager: genauth::oidc::TokenManager) -> genauth::Result<()> {
    /// client.revoke_tokens(&manager.tokens()).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of any call. The access token is revoked even if revoking the refresh token fails.
    pub async fn revoke_tokens(&self, tokens: &TokenSet) -> Result<()> {
        let refresh = match &tokens.refresh_token {
            Some(token) => self.internal_token_revocation(token.clone()).await,
            None => Ok(()),
        };
        self.internal_token_revocation(tokens.access_token.clone()).await?;
        refresh
    }
}
