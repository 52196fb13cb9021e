//! What is wrong with a document, where, and how to fix it.

use std::path::Path;
use std::{fmt, io};

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
    /// The mistake `message` at `place` in `openapi/{file}`, and how to fix it. An empty place is the whole file.
    pub fn new(
        file: impl fmt::Display,
        place: impl Into<String>,
        message: impl fmt::Display,
        help: impl Into<String>,
    ) -> Self {
        Self {
            file: format!("openapi/{file}"),
            place: place.into(),
            message: message.to_string().replace('\n', " "),
            help: help.into(),
        }
    }

    /// A generated file that cannot be written.
    pub fn write_error(path: &Path, error: &io::Error) -> Self {
        Self {
            file: path.display().to_string(),
            place: String::new(),
            message: format!("cannot write the file: {error}"),
            help: "make its folder writable".to_owned(),
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, place, message, help } = self;
        let place = if place.is_empty() { String::new() } else { format!("{place}: ") };
        write!(f, "{file}: {place}{message}; {help}")
    }
}

impl From<Diagnostic> for Vec<Diagnostic> {
    fn from(diagnostic: Diagnostic) -> Self {
        vec![diagnostic]
    }
}
