//! SHA-256 in base64url, as OAuth 2.0 and OpenID Connect use it.

use aws_lc_rs::digest::{SHA256, digest};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};

/// The full digest, as in a PKCE code challenge.
pub fn sha256(input: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, input.as_bytes()))
}

/// The left half of the digest, as in the claim `at_hash`.
pub fn left_half_sha256(input: &str) -> String {
    let digest = digest(&SHA256, input.as_bytes());
    BASE64_URL_SAFE_NO_PAD.encode(&digest.as_ref()[..digest.as_ref().len() / 2])
}
