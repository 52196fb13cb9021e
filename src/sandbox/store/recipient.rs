//! The recipients of pass codes: phone numbers and e-mail addresses, normalized so that they compare equal.

/// The country calling code of numbers without one.
const DEFAULT_COUNTRY_CODE: &str = "+86";

#[derive(Clone, PartialEq, Eq)]
pub struct Recipient(String);

impl Recipient {
    pub fn email(address: &str) -> Self {
        Self(address.trim().to_lowercase())
    }

    pub fn phone(number: &str, country_code: Option<&str>) -> Self {
        match number.trim() {
            international if international.starts_with('+') => Self(international.to_owned()),
            national => Self(format!("{}{national}", country_code.unwrap_or(DEFAULT_COUNTRY_CODE))),
        }
    }

    /// Parses an e-mail address or a phone number.
    pub fn parse(recipient: &str) -> Self {
        if recipient.contains('@') { Self::email(recipient) } else { Self::phone(recipient, None) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}
