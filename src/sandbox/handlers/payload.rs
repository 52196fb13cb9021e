//! Checks request bodies for what their schemas leave open, such as which of several properties must be present.

use serde_json::Value;

use super::error::ApiError;
use crate::sandbox::store::recipient::Recipient;
use crate::sandbox::store::state::State;

pub fn require_object<'a>(body: &'a Value, name: &str) -> Result<&'a Value, ApiError> {
    body.get(name).ok_or_else(|| ApiError::malformed(format!("{name}: missing")))
}

/// The string `name`, which must not be empty.
pub fn require_string<'a>(object: &'a Value, name: &str) -> Result<&'a str, ApiError> {
    let string = object[name].as_str().filter(|string| !string.is_empty());
    string.ok_or_else(|| ApiError::malformed(format!("{name}: missing")))
}

/// The name and value of the only one of these properties that is present.
pub fn require_one_of<'a>(object: &'a Value, names: &[&'static str]) -> Result<(&'static str, &'a str), ApiError> {
    let mut present = names.iter().filter_map(|name| Some((*name, require_string(object, name).ok()?)));
    match (present.next(), present.next()) {
        (Some(only), None) => Ok(only),
        _ => Err(ApiError::malformed(format!("exactly one is required of: {}", names.join(", ")))),
    }
}

/// The password `name`; `encryption` is the request's `passwordEncryptType`.
pub fn require_password<'a>(object: &'a Value, name: &str, encryption: &Value) -> Result<&'a str, ApiError> {
    match encryption.as_str() {
        None | Some("none") => require_string(object, name),
        Some(_) => Err(ApiError::malformed("the sandbox does not support encrypted passwords")),
    }
}

/// The `email` or `phone` of an object, with which of the two it is.
pub fn require_recipient(object: &Value) -> Result<(&'static str, Recipient), ApiError> {
    let (kind, value) = require_one_of(object, &["email", "phone"])?;
    let recipient = match kind {
        "email" => Recipient::email(value),
        _ => Recipient::phone(value, object["phoneCountryCode"].as_str()),
    };
    Ok((kind, recipient))
}

/// Uses the pass code that was sent to a recipient for a channel.
pub fn use_pass_code(
    state: &mut State,
    recipient: &Recipient,
    channel: &str,
    pass_code: &Value,
) -> Result<(), ApiError> {
    let now = state.now();
    let is_valid = pass_code.as_str().is_some_and(|code| state.pass_codes.take(recipient, channel, code, now));
    if is_valid { Ok(()) } else { Err(ApiError::invalid_pass_code()) }
}

/// The items of the array `name`; none if there is no such array.
#[cfg(feature = "management")]
pub fn list<'a>(object: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    object[name].as_array().into_iter().flatten()
}
