//! The key that tokens are signed with.

use std::io;
use std::sync::LazyLock;

use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, UnparsedPublicKey};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use serde_json::{Value, json};

use crate::sandbox::sha256::sha256;

static KEY: LazyLock<Result<SigningKey, Unspecified>> = LazyLock::new(SigningKey::make);

/// An RSA key. Making one takes a while, so all sandboxes of a process share it.
pub struct SigningKey {
    pair: KeyPair,
    id: String,
    modulus: String,
    exponent: String,
}

impl SigningKey {
    pub fn get() -> io::Result<&'static Self> {
        KEY.as_ref().map_err(|_| io::Error::other("no key could be made to sign tokens with"))
    }

    fn make() -> Result<Self, Unspecified> {
        let pair = KeyPair::generate(KeySize::Rsa2048)?;
        let (modulus, exponent) = (pair.public_key().modulus(), pair.public_key().exponent());
        let [modulus, exponent] =
            [modulus, exponent].map(|part| BASE64_URL_SAFE_NO_PAD.encode(part.big_endian_without_leading_zero()));
        // The thumbprint of RFC 7638.
        let id = sha256(&format!(r#"{{"e":"{exponent}","kty":"RSA","n":"{modulus}"}}"#));
        Ok(Self { pair, id, modulus, exponent })
    }

    /// The public half, as a JSON Web Key.
    pub fn to_json(&self) -> Value {
        json!({
            "kty": "RSA", "kid": self.id, "use": "sig", "alg": "RS256", "n": self.modulus, "e": self.exponent,
        })
    }

    /// Claims as a signed JWT of this type.
    pub fn sign(&self, kind: &str, claims: &Value) -> String {
        let encode = |part: &Value| BASE64_URL_SAFE_NO_PAD.encode(part.to_string());
        let header = json!({ "alg": "RS256", "typ": kind, "kid": self.id });
        let signed = format!("{}.{}", encode(&header), encode(claims));
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature)
            .expect("the key signs, and its signature is as long as its modulus");
        format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
    }

    /// Whether a JWT was signed with it, however long ago.
    pub fn has_signed(&self, token: &str) -> bool {
        let Some((signed, signature)) = token.rsplit_once('.') else { return false };
        let public = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, self.pair.public_key().as_ref());
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap_or_default();
        public.verify(signed.as_bytes(), &signature).is_ok()
    }
}
