//! Proof Key for Code Exchange (PKCE, RFC 7636): only the client that started the login can exchange the code.

use aws_lc_rs::digest::{SHA256, digest};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};

use super::random_token::random_token;
use crate::{AuthenticationClient, Result, Secret};

impl AuthenticationClient {
    /// Generates a PKCE code verifier: 43 characters with 256 random bits from the operating system.
    ///
    /// Keep it secret until the code is exchanged; send its [challenge](Self::code_challenge_s256) in the authorization
    /// request. An [`AuthorizationRequest`](crate::oidc::AuthorizationRequest) does both by itself.
    ///
    /// # Errors
    ///
    /// [`Error::Config`](crate::Error::Config) when the operating system provides no random numbers.
    #[doc(alias = "generate_code_challenge")]
    pub fn generate_code_verifier(&self) -> Result<Secret> {
        random_token()
    }

    /// Returns the PKCE code challenge of a verifier, by the method `S256`.
    ///
    /// ```
    /// # fn example(client: genauth::AuthenticationClient) {
    /// let challenge = client.code_challenge_s256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    /// assert_eq!(challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    /// # }
    /// ```
    #[doc(alias = "generate_code_challenge_digest")]
    pub fn code_challenge_s256(&self, verifier: impl Into<Secret>) -> String {
        let digest = digest(&SHA256, verifier.into().expose_secret().as_bytes());
        BASE64_URL_SAFE_NO_PAD.encode(digest)
    }
}
