//! Deserializing values of another JSON type than documented, where the OpenAPI document says so.

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Reads a string, or a number as the string of its digits.
pub fn string_or_number<'de, T: DeserializeOwned, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let value = match Value::deserialize(deserializer)? {
        Value::Number(number) => Value::String(number.to_string()),
        value => value,
    };
    T::deserialize(value).map_err(Error::custom)
}

/// Reads `null` as the default value.
pub fn null_as_default<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Default + Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}
