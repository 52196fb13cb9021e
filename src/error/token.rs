//! What can be wrong with a token.

use std::error::Error as StdError;
use std::fmt;

/// Why a token was refused, or could not be renewed. The token itself is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenError {
    /// It is no signed JSON Web Token.
    Malformed,
    /// It is signed with another algorithm than those accepted, or not at all.
    UnsupportedAlgorithm,
    /// Its header demands an extension that this release does not know.
    UnsupportedCriticalHeader,
    /// It names a key that is not among the server's.
    UnknownKey,
    /// It names no key, and the server has several, or none.
    MissingKeyId,
    /// The key that it names is not for RS256 signatures.
    UnsupportedKey,
    /// Its signature is not its key's.
    InvalidSignature,
    /// It lacks this claim.
    MissingClaim(&'static str),
    /// One of its claims has not the form that it should have.
    InvalidClaim,
    /// Another issuer made it.
    InvalidIssuer,
    /// It is for another application.
    InvalidAudience,
    /// It was issued to another application.
    InvalidAuthorizedParty,
    /// It has expired.
    Expired,
    /// It is not good yet, or was issued in the future: check the clocks.
    NotYetValid,
    /// It belongs to another login.
    InvalidNonce,
    /// It belongs to another access token.
    InvalidAccessTokenHash,
    /// It is an ID token, or something else, but no access token.
    NotAnAccessToken,
    /// The server gave no ID token.
    MissingIdToken,
    /// The access token has expired, and there is no refresh token.
    MissingRefreshToken,
    /// The program's runtime ended while the access token was being renewed.
    RuntimeShutdown,
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self {
            Self::Malformed => "it is no signed JSON Web Token",
            Self::UnsupportedAlgorithm => {
                "its algorithm is not accepted: RS256 is, and HS256 for ID tokens if the client has the app secret"
            }
            Self::UnsupportedCriticalHeader => "its header demands an extension that is not known",
            Self::UnknownKey => "it names a key that is not among the server's",
            Self::MissingKeyId => "it names no key, and the server has not exactly one",
            Self::UnsupportedKey => "the key that it names is not for RS256 signatures",
            Self::InvalidSignature => "its signature is wrong",
            Self::MissingClaim(claim) => return write!(f, "the token is refused: it lacks `{claim}`"),
            Self::InvalidClaim => "one of its claims has not the right form",
            Self::InvalidIssuer => "another issuer made it; if it is the right one, set `issuer` on the builder",
            Self::InvalidAudience => "it is for another application",
            Self::InvalidAuthorizedParty => "it was issued to another application",
            Self::Expired => "it has expired",
            Self::NotYetValid => "it is not good yet; check the clocks",
            Self::InvalidNonce => "it belongs to another login",
            Self::InvalidAccessTokenHash => "it belongs to another access token",
            Self::NotAnAccessToken => "it is no access token",
            Self::MissingIdToken => return f.write_str("the server gave no ID token: ask for the scope `openid`"),
            Self::MissingRefreshToken => {
                return f.write_str(
                    "the access token has expired and cannot be renewed: log in again, with `offline_access` in the scope",
                );
            }
            Self::RuntimeShutdown => return f.write_str("the runtime ended while the access token was being renewed"),
        };
        write!(f, "the token is refused: {what}")
    }
}

impl StdError for TokenError {}
