//! The Rust types of strings with a `format`, one row each.

/// A value of `format`, and the type of the library that such strings become.
pub const FORMATS: [(&str, &str); 5] = [
    ("cas-validation", "crate::CasValidation"),
    ("date-time", "crate::DateTime"),
    ("json", "crate::JsonText"),
    ("password", "crate::Secret"),
    ("phone", "crate::PhoneNumber"),
];

/// The type of a string with this `format`.
pub fn rust_type(format: &str) -> Option<&'static str> {
    FORMATS.iter().find(|(name, _)| *name == format).map(|(_, path)| *path)
}
