//! Unguessable strings: state, nonce and PKCE verifier.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use zeroize::Zeroizing;

use crate::error::ConfigError;
use crate::{Result, Secret};

/// 256 random bits from the operating system, in base64url: 43 characters.
pub fn random_token() -> Result<Secret> {
    let mut bytes = Zeroizing::new([0; 32]);
    getrandom::fill(&mut *bytes)
        .map_err(|error| ConfigError::new("the operating system provides no random numbers", error.to_string()))?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(*bytes).into())
}
