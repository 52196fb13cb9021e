//! Callbacks of a login that are rejected.

use std::fmt;

/// Why a callback was rejected. No code was exchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallbackError {
    /// It has no `state`.
    MissingState,
    /// The authorization request was made by a client of another issuer or application.
    ClientMismatch,
    /// Its `state` is not that of the authorization request: it belongs to another login, or is forged.
    StateMismatch,
    /// It has this parameter more than once.
    DuplicateParameter(&'static str),
    /// Its `iss` is another issuer.
    IssuerMismatch,
    /// It has both a code and an error.
    CodeAndErrorPresent,
    /// It has neither a code nor an error.
    MissingCode,
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid callback: ")?;
        match self {
            Self::MissingState => f.write_str("missing `state`"),
            Self::ClientMismatch => f.write_str("the login was started by a client of another issuer or application"),
            Self::StateMismatch => f.write_str("`state` mismatch: start the login again"),
            Self::DuplicateParameter(name) => write!(f, "duplicate parameter `{name}`"),
            Self::IssuerMismatch => f.write_str("unexpected issuer: if it is correct, set `issuer` on the builder"),
            Self::CodeAndErrorPresent => f.write_str("it has both a code and an error"),
            Self::MissingCode => f.write_str("it has neither a code nor an error"),
        }
    }
}

impl std::error::Error for CallbackError {}
