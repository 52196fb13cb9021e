//! Tokens signed by hand: valid ones, and ones that no library would create.

use std::sync::LazyLock;

use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256, RsaEncoding};
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine};
use serde_json::{Value, json};

pub fn base64url(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// Generating a key takes a while, so all tests share two.
static PROVIDER: LazyLock<KeyPair> = LazyLock::new(|| KeyPair::generate(KeySize::Rsa2048).unwrap());
static OTHER: LazyLock<KeyPair> = LazyLock::new(|| KeyPair::generate(KeySize::Rsa2048).unwrap());

/// A key pair under a `kid`.
pub struct Key {
    pub kid: &'static str,
    pair: &'static KeyPair,
}

impl Key {
    /// The provider's key.
    pub fn provider() -> Self {
        Self { kid: "key-1", pair: &PROVIDER }
    }

    /// A key that is not the provider's.
    pub fn other(kid: &'static str) -> Self {
        Self { kid, pair: &OTHER }
    }

    /// The public key, as the provider publishes it.
    pub fn jwk(&self) -> Value {
        let public = self.pair.public_key();
        let [n, e] =
            [public.modulus(), public.exponent()].map(|part| base64url(part.big_endian_without_leading_zero()));
        json!({ "kty": "RSA", "kid": self.kid, "use": "sig", "alg": "RS256", "n": n, "e": e })
    }

    /// The public key in PEM, which attackers pass off as an HMAC secret.
    pub fn public_pem(&self) -> Vec<u8> {
        let der: PublicKeyX509Der = self.pair.public_key().as_der().unwrap();
        let base64 = BASE64_STANDARD.encode(der.as_ref());
        let lines: Vec<_> = base64.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
        format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", lines.join("\n")).into_bytes()
    }

    pub fn header(&self) -> Value {
        json!({ "alg": "RS256", "kid": self.kid, "typ": "JWT" })
    }

    /// A token with this key's `kid`.
    pub fn token(&self, claims: &Value) -> String {
        self.token_with(&self.header(), claims)
    }

    /// A token with any header, signed by RS256 whatever the header says.
    pub fn token_with(&self, header: &Value, claims: &Value) -> String {
        self.token_by(&RSA_PKCS1_SHA256, header, claims)
    }

    pub fn token_by(&self, algorithm: &'static dyn RsaEncoding, header: &Value, claims: &Value) -> String {
        signed(header, claims, |message| {
            let mut signature = vec![0; self.pair.public_modulus_len()];
            self.pair.sign(algorithm, &SystemRandom::new(), message, &mut signature).unwrap();
            signature
        })
    }
}

/// A token signed by HS256.
pub fn hmac_token(secret: &[u8], claims: &Value) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    let header = json!({ "alg": "HS256", "typ": "JWT" });
    signed(&header, claims, |message| hmac::sign(&key, message).as_ref().to_vec())
}

pub fn signed(header: &Value, claims: &Value, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> String {
    let message = format!("{}.{}", base64url(header.to_string()), base64url(claims.to_string()));
    let signature = base64url(sign(message.as_bytes()));
    format!("{message}.{signature}")
}
