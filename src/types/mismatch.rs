//! What does not match a type in JSON, without the value, which may be a secret.

use std::fmt;

use serde::de::{Error, Expected, Unexpected};

/// What does not match, and where. It contains no value, and no key of a map.
#[derive(Debug)]
pub struct Mismatch {
    /// Such as `list[0].name`; empty for the value as a whole.
    pub path: String,
    pub reason: String,
}

impl Mismatch {
    pub fn new(reason: impl Into<String>) -> Self {
        Self { path: String::new(), reason: reason.into() }
    }

    /// The same mismatch, as seen from the value that has it in its member or item `segment`.
    pub fn inside(self, segment: &str) -> Self {
        let separator = if self.path.is_empty() || segment.is_empty() || self.path.starts_with('[') { "" } else { "." };
        Self { path: format!("{segment}{separator}{}", self.path), ..self }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

impl std::error::Error for Mismatch {}

impl Error for Mismatch {
    /// The message may contain the value.
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::new("invalid value")
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {expected}, found {}", json_type(found)))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self::new("unknown variant")
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self::new("unknown field")
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(format!("missing field `{field}`"))
    }
}

fn json_type(found: Unexpected<'_>) -> &'static str {
    match found {
        Unexpected::Bool(_) => "boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "integer",
        Unexpected::Float(_) => "number",
        Unexpected::Str(_) | Unexpected::Char(_) => "string",
        Unexpected::Unit | Unexpected::Option => "null",
        Unexpected::Seq => "array",
        Unexpected::Map => "object",
        _ => "another type",
    }
}
