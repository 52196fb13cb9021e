//! Phone numbers, masked in `Debug`.

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

/// A phone number.
///
/// `Display`, [`as_str`](Self::as_str) and serialization give the full number, `Debug` a masked one.
///
/// ```
/// let phone = genauth::PhoneNumber::from("+8618812348888");
/// assert_eq!(phone.to_string(), "+8618812348888");
/// assert_eq!(format!("{phone:?}"), "+86188****8888");
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// The full number.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Converts to the full number.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl<T: Into<String>> From<T> for PhoneNumber {
    fn from(number: T) -> Self {
        Self(number.into())
    }
}

impl Deref for PhoneNumber {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for PhoneNumber {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for PhoneNumber {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for PhoneNumber {
    /// Masks four characters, the eighth to the fifth from the end; all of them if there are fewer than ten.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = self.0.chars().count();
        if length < 10 {
            return f.write_str("****");
        }
        let head: String = self.0.chars().take(length - 8).collect();
        let tail: String = self.0.chars().skip(length - 4).collect();
        write!(f, "{head}****{tail}")
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for PhoneNumber {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "PhoneNumber".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "phone" })
    }
}
