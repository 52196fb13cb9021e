//! Times in ISO 8601.

use std::fmt;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

/// A time in ISO 8601, such as `2026-07-03T02:20:30.000Z`.
///
/// It keeps the string as received, so a time in another format never fails deserialization.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// use genauth::DateTime;
///
/// let time = DateTime::from("2026-07-03T02:20:30.000Z");
/// assert_eq!(time.to_system_time(), Some(UNIX_EPOCH + Duration::from_secs(1_783_045_230)));
/// assert_eq!(time.to_string(), "2026-07-03T02:20:30.000Z");
/// assert_eq!(DateTime::from("yesterday").to_system_time(), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DateTime(String);

impl DateTime {
    /// The string as received.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Converts to a point in time; `None` unless the string is in ISO 8601 and UTC.
    pub fn to_system_time(&self) -> Option<SystemTime> {
        humantime::parse_rfc3339(&self.0).ok()
    }
}

impl From<&str> for DateTime {
    fn from(time: &str) -> Self {
        Self(time.to_owned())
    }
}

impl From<String> for DateTime {
    fn from(time: String) -> Self {
        Self(time)
    }
}

impl From<SystemTime> for DateTime {
    fn from(time: SystemTime) -> Self {
        Self(humantime::format_rfc3339_millis(time).to_string())
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for DateTime {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "DateTime".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date-time" })
    }
}
