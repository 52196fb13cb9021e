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
    Algorithm,
    /// Its header demands an extension that this release does not know.
    CriticalHeader,
    /// It names a key that is not among the server's.
    UnknownKey,
    /// It names no key, and the server has several, or none.
    NoKeyNamed,
    /// The key that it names is not for RS256 signatures.
    UnusableKey,
    /// Its signature is not its key's.
    Signature,
    /// It lacks this claim.
    MissingClaim(&'static str),
    /// One of its claims has not the form that it should have.
    InvalidClaim,
    /// Another issuer made it.
    Issuer,
    /// It is for another application.
    Audience,
    /// It was issued to another application.
    AuthorizedParty,
    /// It has expired.
    Expired,
    /// It is not good yet, or was issued in the future: check the clocks.
    NotYetValid,
    /// It belongs to another login.
    Nonce,
    /// It belongs to another access token.
    AccessTokenHash,
    /// It is an ID token, or something else, but no access token.
    NoAccessToken,
    /// The server gave no ID token.
    NoIdToken,
    /// The access token has expired, and there is no refresh token.
    NoRefreshToken,
    /// The program's runtime ended while the access token was being renewed.
    Interrupted,
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self {
            Self::Malformed => "it is no signed JSON Web Token",
            Self::Algorithm => {
                "its algorithm is not accepted: RS256 is, and HS256 for ID tokens if the client has the app secret"
            }
            Self::CriticalHeader => "its header demands an extension that is not known",
            Self::UnknownKey => "it names a key that is not among the server's",
            Self::NoKeyNamed => "it names no key, and the server has not exactly one",
            Self::UnusableKey => "the key that it names is not for RS256 signatures",
            Self::Signature => "its signature is wrong",
            Self::MissingClaim(claim) => return write!(f, "the token is refused: it lacks `{claim}`"),
            Self::InvalidClaim => "one of its claims has not the right form",
            Self::Issuer => "another issuer made it; if it is the right one, set `issuer` on the builder",
            Self::Audience => "it is for another application",
            Self::AuthorizedParty => "it was issued to another application",
            Self::Expired => "it has expired",
            Self::NotYetValid => "it is not good yet; check the clocks",
            Self::Nonce => "it belongs to another login",
            Self::AccessTokenHash => "it belongs to another access token",
            Self::NoAccessToken => "it is no access token",
            Self::NoIdToken => return f.write_str("the server gave no ID token: ask for the scope `openid`"),
            Self::NoRefreshToken => {
                return f.write_str(
                    "the access token has expired and cannot be renewed: log in again, with `offline_access` in the scope",
                );
            }
            Self::Interrupted => return f.write_str("the runtime ended while the access token was being renewed"),
        };
        write!(f, "the token is refused: {what}")
    }
}

impl StdError for TokenError {}
