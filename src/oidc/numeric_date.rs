//! `NumericDate` of RFC 7519: seconds since the Unix epoch, possibly fractional.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub fn serialize<S: Serializer>(time: &SystemTime, serializer: S) -> Result<S::Ok, S::Error> {
    time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs().serialize(serializer)
}

pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SystemTime, D::Error> {
    time(f64::deserialize(deserializer)?).ok_or_else(|| D::Error::custom("no point in time"))
}

/// The time so many seconds after the epoch, if there is one.
pub fn time(seconds: f64) -> Option<SystemTime> {
    // Leaves room for adding a tolerance.
    const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);
    let time = UNIX_EPOCH.checked_add(Duration::try_from_secs_f64(seconds).ok()?)?;
    time.checked_add(YEAR).map(|_| time)
}

/// The same for a time that may be absent.
pub mod option {
    use super::{Deserialize, Deserializer, Serializer, SystemTime};

    #[derive(Deserialize)]
    pub struct Seconds(#[serde(with = "super")] pub SystemTime);

    pub fn serialize<S: Serializer>(time: &Option<SystemTime>, serializer: S) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => super::serialize(time, serializer),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SystemTime>, D::Error> {
        Ok(Option::<Seconds>::deserialize(deserializer)?.map(|Seconds(time)| time))
    }
}
