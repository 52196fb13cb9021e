//! Reading what the schemas leave open: which of several members a request has to have.

use serde_json::Value;

use crate::sandbox::error::Refusal;
use crate::sandbox::recipient::Address;
use crate::sandbox::state::State;

/// The object `name`, which this kind of request needs.
pub fn object<'a>(body: &'a Value, name: &str) -> Result<&'a Value, Refusal> {
    body.get(name).ok_or_else(|| Refusal::malformed(format!("{name}: missing")))
}

/// The text `name`, which this kind of request needs.
pub fn text<'a>(object: &'a Value, name: &str) -> Result<&'a str, Refusal> {
    let text = object[name].as_str().filter(|text| !text.is_empty());
    text.ok_or_else(|| Refusal::malformed(format!("{name}: missing")))
}

/// The only member given of several, with its name.
pub fn only_one<'a>(object: &'a Value, names: &[&'static str]) -> Result<(&'static str, &'a str), Refusal> {
    let mut given = names.iter().filter_map(|name| Some((*name, text(object, name).ok()?)));
    match (given.next(), given.next()) {
        (Some(only), None) => Ok(only),
        _ => Err(Refusal::malformed(format!("exactly one is needed of: {}", names.join(", ")))),
    }
}

/// The password `name`; `encryption` is what the request says of it.
pub fn password<'a>(object: &'a Value, name: &str, encryption: &Value) -> Result<&'a str, Refusal> {
    match encryption.as_str() {
        None | Some("none") => text(object, name),
        Some(_) => Err(Refusal::malformed("the sandbox has no keys to decrypt passwords with")),
    }
}

/// The `email` or `phone` in an object, as the address of a message.
pub fn address(object: &Value) -> Result<(&'static str, Address), Refusal> {
    let (kind, text) = only_one(object, &["email", "phone"])?;
    let address = match kind {
        "email" => Address::email(text),
        _ => Address::phone(text, object["phoneCountryCode"].as_str()),
    };
    Ok((kind, address))
}

/// Uses up the pass code that was sent to an address on a channel.
pub fn take_pass_code(state: &mut State, address: &Address, channel: &str, code: &Value) -> Result<(), Refusal> {
    let now = state.now();
    let taken = code.as_str().is_some_and(|code| state.pass_codes.take(address, channel, code, now));
    if taken { Ok(()) } else { Err(Refusal::wrong_pass_code()) }
}
