//! SHA-256, as OAuth 2.0 and OpenID Connect write it.

use aws_lc_rs::digest::{SHA256, digest};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};

/// The digest of a text, in base64url.
pub fn sha256(text: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, text.as_bytes()))
}

/// The first half of the digest, in base64url: how an ID token tells of the access token beside it.
pub fn half_sha256(text: &str) -> String {
    let digest = digest(&SHA256, text.as_bytes());
    BASE64_URL_SAFE_NO_PAD.encode(&digest.as_ref()[..digest.as_ref().len() / 2])
}
