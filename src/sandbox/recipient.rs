//! Where pass codes go: phone numbers and e-mail addresses, each in one spelling.

/// The country calling code of numbers that come without one.
const HOME: &str = "+86";

#[derive(Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    pub fn email(address: &str) -> Self {
        Self(address.trim().to_lowercase())
    }

    pub fn phone(number: &str, country_code: Option<&str>) -> Self {
        match number.trim() {
            whole if whole.starts_with('+') => Self(whole.to_owned()),
            local => Self(format!("{}{local}", country_code.unwrap_or(HOME))),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// An address of either kind, as people write it.
    pub fn of(text: &str) -> Self {
        if text.contains('@') { Self::email(text) } else { Self::phone(text, None) }
    }
}
