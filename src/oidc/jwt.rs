//! JSON Web Tokens in compact form (RFC 7515, RFC 7519).
//!
//! aws-lc-rs verifies the signatures. A library for tokens would bring a choice of backends that is one for the whole
//! process, and so would change it for others.

use aws_lc_rs::hmac;
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::jwk::PublicKey;
use crate::Secret;
use crate::error::TokenError;

/// A token whose signature is not verified yet.
pub struct Jwt<'a> {
    pub header: Header,
    /// What is signed: header and claims, encoded.
    message: &'a str,
    claims: &'a str,
    signature: Vec<u8>,
}

/// The JOSE header.
#[derive(Deserialize)]
pub struct Header {
    pub alg: String,
    pub kid: Option<String>,
    typ: Option<String>,
    pub crit: Option<Value>,
}

impl Header {
    /// The media type in lower case, without `application/`.
    pub fn typ(&self) -> Option<String> {
        let typ = self.typ.as_ref()?.to_ascii_lowercase();
        Some(typ.strip_prefix("application/").map(ToOwned::to_owned).unwrap_or(typ))
    }
}

impl<'a> Jwt<'a> {
    pub fn parse(token: &'a str) -> Result<Self, TokenError> {
        let (message, signature) = token.rsplit_once('.').ok_or(TokenError::Malformed)?;
        let (header, claims) = message.split_once('.').ok_or(TokenError::Malformed)?;
        let header = serde_json::from_slice(&decode(header)?).map_err(|_| TokenError::Malformed)?;
        Ok(Self { header, message, claims, signature: decode(signature)? })
    }

    /// Verifies the signature with RS256.
    pub fn verify_rs256(&self, key: &PublicKey) -> Result<(), TokenError> {
        key.verify(self.message.as_bytes(), &self.signature)
    }

    /// Verifies the signature with HS256.
    pub fn verify_hs256(&self, secret: &Secret) -> Result<(), TokenError> {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose_secret().as_bytes());
        hmac::verify(&key, self.message.as_bytes(), &self.signature).map_err(|_| TokenError::InvalidSignature)
    }

    /// The claims. Verify the signature first.
    pub fn claims(&self) -> Result<Map<String, Value>, TokenError> {
        serde_json::from_slice(&decode(self.claims)?).map_err(|_| TokenError::Malformed)
    }
}

fn decode(part: &str) -> Result<Vec<u8>, TokenError> {
    BASE64_URL_SAFE_NO_PAD.decode(part).map_err(|_| TokenError::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7515, appendix A.1; its key is not UTF-8, so it cannot be an app secret.
    #[test]
    fn hs256_signature_of_rfc_7515() {
        let key = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
        let key = hmac::Key::new(hmac::HMAC_SHA256, &decode(key).unwrap());
        let claims = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        let token =
            format!("eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.{claims}.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        let jwt = Jwt::parse(&token).unwrap();
        assert!(hmac::verify(&key, jwt.message.as_bytes(), &jwt.signature).is_ok());
        assert_eq!(jwt.header.typ().as_deref(), Some("jwt"));
        assert_eq!(jwt.claims().unwrap()["iss"], "joe");
    }
}
