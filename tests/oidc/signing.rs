//! Tokens made by hand and signed by OpenSSL: right ones, and such as no library would make.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::sign::Signer;
use serde_json::{Value, json};

pub fn base64url(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// A key of the provider's, or of somebody else's.
#[derive(Clone)]
pub struct Key {
    pub id: &'static str,
    rsa: Rsa<Private>,
}

impl Key {
    pub fn new(id: &'static str) -> Self {
        Self { id, rsa: Rsa::generate(2048).unwrap() }
    }

    /// Its public half, as the provider publishes it.
    pub fn jwk(&self) -> Value {
        let (n, e) = (base64url(self.rsa.n().to_vec()), base64url(self.rsa.e().to_vec()));
        json!({ "kty": "RSA", "kid": self.id, "use": "sig", "alg": "RS256", "n": n, "e": e })
    }

    /// Its public half, as somebody might take it for an HMAC secret.
    pub fn public_pem(&self) -> Vec<u8> {
        self.rsa.public_key_to_pem().unwrap()
    }

    pub fn header(&self) -> Value {
        json!({ "alg": "RS256", "kid": self.id, "typ": "JWT" })
    }

    /// A token with this key's name in its header.
    pub fn token(&self, claims: &Value) -> String {
        self.token_with(&self.header(), claims)
    }

    /// A token with any header, signed by RS256 whatever the header says.
    pub fn token_with(&self, header: &Value, claims: &Value) -> String {
        self.token_by(MessageDigest::sha256(), header, claims)
    }

    pub fn token_by(&self, digest: MessageDigest, header: &Value, claims: &Value) -> String {
        signed(header, claims, |message| {
            let key = PKey::from_rsa(self.rsa.clone()).unwrap();
            Signer::new(digest, &key).unwrap().sign_oneshot_to_vec(message).unwrap()
        })
    }
}

/// A token signed by HS256.
pub fn hmac_token(secret: &[u8], claims: &Value) -> String {
    signed(&json!({ "alg": "HS256", "typ": "JWT" }), claims, |message| {
        let key = PKey::hmac(secret).unwrap();
        Signer::new(MessageDigest::sha256(), &key).unwrap().sign_oneshot_to_vec(message).unwrap()
    })
}

pub fn signed(header: &Value, claims: &Value, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> String {
    let message = format!("{}.{}", base64url(header.to_string()), base64url(claims.to_string()));
    let signature = base64url(sign(message.as_bytes()));
    format!("{message}.{signature}")
}
