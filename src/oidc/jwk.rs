//! The provider's public keys (RFC 7517).

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};

use super::jwt::Jwt;
use crate::error::TokenError;
use crate::types::OidcKeyDto;

/// A key set.
pub struct KeySet(Vec<Key>);

struct Key {
    kid: Option<String>,
    /// The key, or why it verifies no RS256 signatures.
    public: Result<PublicKey, TokenError>,
}

/// An RSA key.
pub struct PublicKey {
    components: RsaPublicKeyComponents<Vec<u8>>,
}

impl KeySet {
    pub fn new(keys: Vec<OidcKeyDto>) -> Self {
        Self(keys.into_iter().map(|key| Key { public: PublicKey::new(&key), kid: key.kid }).collect())
    }

    /// Verifies the signature with each key of the token's `kid`; without a `kid`, with the provider's only key.
    pub fn verify(&self, jwt: &Jwt) -> Result<(), TokenError> {
        let Some(kid) = &jwt.header.kid else {
            let mut usable = self.0.iter().filter_map(|key| key.public.as_ref().ok());
            return match (usable.next(), usable.next()) {
                (Some(key), None) => jwt.verify_rs256(key),
                _ => Err(TokenError::MissingKeyId),
            };
        };
        let mut rejection = TokenError::UnknownKey;
        for key in self.0.iter().filter(|key| key.kid.as_ref() == Some(kid)) {
            match key.public.as_ref().map_err(|error| *error).and_then(|key| jwt.verify_rs256(key)) {
                Ok(()) => return Ok(()),
                // Says more than that another key cannot be used.
                Err(TokenError::InvalidSignature) => rejection = TokenError::InvalidSignature,
                Err(error) if rejection != TokenError::InvalidSignature => rejection = error,
                Err(_) => {}
            }
        }
        Err(rejection)
    }
}

impl PublicKey {
    fn new(key: &OidcKeyDto) -> Result<Self, TokenError> {
        let is_rs256 = key.kty == "RSA"
            && key.use_.as_deref().is_none_or(|purpose| purpose == "sig")
            && key.alg.as_deref().is_none_or(|algorithm| algorithm == "RS256");
        match (&key.n, &key.e) {
            (Some(n), Some(e)) if is_rs256 => {
                Ok(Self { components: RsaPublicKeyComponents { n: integer(n)?, e: integer(e)? } })
            }
            _ => Err(TokenError::UnsupportedKey),
        }
    }

    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), TokenError> {
        let verified = self.components.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature);
        verified.map_err(|_| TokenError::InvalidSignature)
    }
}

/// An integer in base64url, as some providers write it: padded, in standard base64, or with leading zeros.
fn integer(text: &str) -> Result<Vec<u8>, TokenError> {
    let text = text.trim_end_matches('=').replace('+', "-").replace('/', "_");
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| TokenError::MalformedKey)?;
    Ok(bytes.into_iter().skip_while(|byte| *byte == 0).collect())
}
