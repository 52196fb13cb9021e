//! The key that signs tokens.

use std::sync::LazyLock;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, UnparsedPublicKey};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use serde_json::{Value, json};

/// An RSA key of 2048 bits in PKCS #8, generated once for the sandbox. It is published with the source code, so it proves
/// nothing: whoever reaches a sandbox can have any token signed anyway. Never trust it outside of tests. Generating one
/// at each start would take 50 to 200 ms.
const PUBLISHED_PRIVATE_KEY: &[u8] = include_bytes!("signing_key.der");
/// The `kid` warns whoever finds the key in a JWKS.
const KEY_ID: &str = "genauth-sandbox-published-private-key";

static KEY: LazyLock<SigningKey> = LazyLock::new(SigningKey::load);

pub struct SigningKey {
    pair: KeyPair,
}

impl SigningKey {
    pub fn get() -> &'static Self {
        &KEY
    }

    fn load() -> Self {
        Self { pair: KeyPair::from_pkcs8(PUBLISHED_PRIVATE_KEY).expect("the embedded key is valid") }
    }

    /// The public key as a JSON Web Key.
    pub fn to_jwk(&self) -> Value {
        let key = self.pair.public_key();
        let [modulus, exponent] = [key.modulus(), key.exponent()]
            .map(|number| BASE64_URL_SAFE_NO_PAD.encode(number.big_endian_without_leading_zero()));
        json!({ "kty": "RSA", "kid": KEY_ID, "use": "sig", "alg": "RS256", "n": modulus, "e": exponent })
    }

    /// Signs claims as a JWT of the type `typ`.
    pub fn sign(&self, typ: &str, claims: &Value) -> String {
        let encode = |part: &Value| BASE64_URL_SAFE_NO_PAD.encode(part.to_string());
        let header = json!({ "alg": "RS256", "typ": typ, "kid": KEY_ID });
        let message = format!("{}.{}", encode(&header), encode(claims));
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message.as_bytes(), &mut signature)
            .expect("the key signs, and its signature is as long as its modulus");
        format!("{message}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
    }

    /// Whether a JWT has a valid signature of this key, expired or not.
    pub fn has_signed(&self, jwt: &str) -> bool {
        let Some((message, signature)) = jwt.rsplit_once('.') else { return false };
        let public = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, self.pair.public_key().as_ref());
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap_or_default();
        public.verify(message.as_bytes(), &signature).is_ok()
    }
}
