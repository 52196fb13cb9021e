//! Tokens that fail verification, or cannot be refreshed.

use std::fmt;

/// Why a token was rejected, or could not be refreshed. The token itself is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenError {
    /// It is not a signed JSON Web Token.
    Malformed,
    /// Its `alg` is not an accepted one, or is `none`.
    UnsupportedAlgorithm,
    /// Its `crit` header requires an extension that this release does not support.
    UnsupportedCriticalHeader,
    /// Its `kid` is not in the server's key set.
    UnknownKey,
    /// It has no `kid`, and the server does not have exactly one key.
    MissingKeyId,
    /// The key of its `kid` is not for RS256 signatures.
    UnsupportedKey,
    /// The key of its `kid` is not in base64url.
    MalformedKey,
    /// Its signature does not match the key.
    InvalidSignature,
    /// It lacks this claim.
    MissingClaim(&'static str),
    /// One of its claims has the wrong type.
    InvalidClaim,
    /// Its `iss` is another issuer.
    InvalidIssuer,
    /// Its `aud` is another application.
    InvalidAudience,
    /// Its `azp` is another application.
    InvalidAuthorizedParty,
    /// Its `exp` has passed.
    Expired,
    /// Its `nbf` or `iat` is in the future: check the clocks.
    NotYetValid,
    /// Its `nonce` belongs to another login.
    InvalidNonce,
    /// Its `at_hash` belongs to another access token.
    InvalidAccessTokenHash,
    /// It is not an access token; an ID token, for example.
    NotAnAccessToken,
    /// It is not an ID token; a logout token, for example.
    NotAnIdToken,
    /// The token response has no ID token.
    MissingIdToken,
    /// The access token has expired, and there is no refresh token.
    MissingRefreshToken,
    /// The async runtime shut down while an access token or the keys were being fetched.
    RuntimeShutdown,
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self {
            Self::Malformed => "not a signed JSON Web Token",
            Self::UnsupportedAlgorithm => {
                "unsupported algorithm: use RS256, or allow HS256 for ID tokens with `id_token_algorithms`"
            }
            Self::UnsupportedCriticalHeader => "unsupported critical header",
            Self::UnknownKey => "unknown `kid`: not in the server's key set",
            Self::MissingKeyId => "missing `kid`, and the server does not have exactly one key",
            Self::UnsupportedKey => "unsupported key: not for RS256 signatures",
            Self::MalformedKey => "malformed key: its modulus or exponent is not in base64url",
            Self::InvalidSignature => "invalid signature",
            Self::MissingClaim(claim) => return write!(f, "invalid token: missing claim `{claim}`"),
            Self::InvalidClaim => "a claim has the wrong type",
            Self::InvalidIssuer => "unexpected issuer: if it is correct, set `issuer` on the builder",
            Self::InvalidAudience => "issued for another application",
            Self::InvalidAuthorizedParty => "issued to another application",
            Self::Expired => "expired",
            Self::NotYetValid => "not yet valid: check the clocks",
            Self::InvalidNonce => "nonce mismatch: issued for another login",
            Self::InvalidAccessTokenHash => "`at_hash` mismatch: issued with another access token",
            Self::NotAnAccessToken => "not an access token",
            Self::NotAnIdToken => "not an ID token",
            Self::MissingIdToken => return f.write_str("missing ID token: request the scope `openid`"),
            Self::MissingRefreshToken => {
                return f.write_str(
                    "access token expired and no refresh token: log in again, with `offline_access` in the scope",
                );
            }
            Self::RuntimeShutdown => {
                return f.write_str("failed to fetch an access token or the keys: the async runtime shut down");
            }
        };
        write!(f, "invalid token: {reason}")
    }
}

impl std::error::Error for TokenError {}
