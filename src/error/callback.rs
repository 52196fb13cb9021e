//! What can be wrong with a callback.

use std::error::Error as StdError;
use std::fmt;

/// Why a callback was refused. No code was exchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallbackError {
    /// It has no `state`.
    MissingState,
    /// Its `state` is not the request's: it answers another login, or somebody forged it.
    StateMismatch,
    /// It has this parameter more than once.
    DuplicateParameter(&'static str),
    /// Another issuer sent the browser back.
    IssuerMismatch,
    /// It has both a code and an error.
    CodeAndErrorPresent,
    /// It has neither a code nor an error.
    MissingCode,
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the callback is refused: ")?;
        match self {
            Self::MissingState => f.write_str("it has no `state`"),
            Self::StateMismatch => f.write_str("its `state` is not this session's; begin the login again"),
            Self::DuplicateParameter(name) => write!(f, "it has `{name}` more than once"),
            Self::IssuerMismatch => f.write_str("another issuer sent the browser back"),
            Self::CodeAndErrorPresent => f.write_str("it has both a code and an error"),
            Self::MissingCode => f.write_str("it has neither a code nor an error"),
        }
    }
}

impl StdError for CallbackError {}
