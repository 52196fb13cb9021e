//! What is wrong with a document, where, and how to fix it.

use std::fmt;

/// A mistake in an OpenAPI document, or a failure to read or write a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    file: String,
    place: String,
    message: String,
    help: String,
}

/// Every mistake that was found, or the result.
pub type Result<T> = std::result::Result<T, Vec<Diagnostic>>;

impl Diagnostic {
    /// The mistake `message` at `place` in `openapi/{file}`, and how to fix it.
    pub fn new(
        file: impl Into<String>,
        place: impl Into<String>,
        message: impl fmt::Display,
        help: impl Into<String>,
    ) -> Self {
        Self {
            file: file.into(),
            place: place.into(),
            message: message.to_string().replace('\n', " "),
            help: help.into(),
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, place, message, help } = self;
        write!(f, "openapi/{file}: {place}: {message}; {help}")
    }
}

impl From<Diagnostic> for Vec<Diagnostic> {
    fn from(diagnostic: Diagnostic) -> Self {
        vec![diagnostic]
    }
}
