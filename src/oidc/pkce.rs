//! Proof Key for Code Exchange, RFC 7636: the code is of use only to who began the login.

use aws_lc_rs::digest::{SHA256, digest};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};

use super::random_token::random_token;
use crate::{AuthenticationClient, Result, Secret};

impl AuthenticationClient {
    /// A new PKCE verifier: 43 characters that carry 256 bits from the operating system.
    ///
    /// It stays here until the code is exchanged; what goes into the authorization request is its
    /// [digest](Self::code_challenge_s256). An [`AuthorizationRequest`](crate::oidc::AuthorizationRequest) has
    /// both already.
    ///
    /// # Errors
    ///
    /// When the operating system gives no random numbers.
    pub fn generate_code_verifier(&self) -> Result<Secret> {
        random_token()
    }

    /// The challenge of a PKCE verifier, by the method `S256`.
    ///
    /// ```
    /// # fn example(client: genauth::AuthenticationClient) {
    /// let digest = client.code_challenge_s256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    /// assert_eq!(digest, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    /// # }
    /// ```
    pub fn code_challenge_s256(&self, verifier: impl Into<Secret>) -> String {
        let digest = digest(&SHA256, verifier.into().expose_secret().as_bytes());
        BASE64_URL_SAFE_NO_PAD.encode(digest)
    }
}
