//! Strings that hold JSON.

use std::fmt;

use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

/// A value serialized into a string of JSON.
///
/// It may contain anything, phone numbers and tokens included, so `Debug` does not show it.
///
/// ```
/// let text = genauth::JsonText::new(&["tea", "water"]);
/// assert_eq!(text.as_str(), Some(r#"["tea","water"]"#));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct JsonText(Result<Zeroizing<String>, String>);

impl JsonText {
    /// Serializes `value`. If that fails, the call that contains the result fails before anything is sent.
    #[doc(alias = "of")]
    pub fn new(value: &(impl Serialize + ?Sized)) -> Self {
        Self(serde_json::to_string(value).map(Zeroizing::new).map_err(|error| error.to_string()))
    }

    /// The text; `None` if the value failed to serialize.
    pub fn as_str(&self) -> Option<&str> {
        self.0.as_ref().ok().map(|text| text.as_str())
    }
}

impl fmt::Debug for JsonText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JsonText(***)")
    }
}

impl Serialize for JsonText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Ok(text) => serializer.serialize_str(text),
            Err(reason) => Err(S::Error::custom(reason)),
        }
    }
}

impl<'de> Deserialize<'de> for JsonText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(Ok(Zeroizing::new(text))))
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for JsonText {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "JsonText".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "json" })
    }
}
