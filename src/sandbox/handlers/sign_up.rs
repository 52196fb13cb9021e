//! Registering.

use serde_json::{Map, Value};

use super::{Outcome, payload, with_data};
use crate::sandbox::error::Refusal;
use crate::sandbox::recipient::Address;
use crate::sandbox::state::State;
use crate::sandbox::users::{Phone, User, Verified};
use crate::sandbox::validation::Request;

/// Creates an account, with a password or with a code that proves an address.
pub fn sign_up(state: &mut State, request: &Request) -> Outcome {
    let body = &request.body;
    let mut user = match body["connection"].as_str() {
        Some("PASSWORD") => by_password(state, body)?,
        _ => by_pass_code(state, body)?,
    };
    complete(state, &mut user, body)?;
    fill_in(&mut user, &body["profile"]);
    let answer = with_data(user.to_json());
    register(state, user)?;
    Ok(answer)
}

/// Adds a user, if nobody has the same names.
pub fn register(state: &mut State, user: User) -> Result<(), Refusal> {
    let users = &state.users;
    let username = user.username.as_deref();
    if username.is_some_and(|name| users.named("username", name).is_some()) {
        return Err(Refusal::user_exists("username"));
    }
    if user.email_address().is_some_and(|address| users.at(&address).is_some()) {
        return Err(Refusal::user_exists("e-mail address"));
    }
    if user.phone_address().is_some_and(|address| users.at(&address).is_some()) {
        return Err(Refusal::user_exists("phone number"));
    }
    state.users.add(user);
    Ok(())
}

/// Writes down the one thing that a user registers with: `username`, `email` or `phone`.
pub fn name(user: &mut User, kind: &str, object: &Value, proved: bool) {
    let text = object[kind].as_str().unwrap_or_default().to_owned();
    match kind {
        "username" => user.username = Some(text),
        "email" => user.email = Some(Verified { value: text, proved }),
        _ => {
            let country_code = object["phoneCountryCode"].as_str().map(ToOwned::to_owned);
            user.phone = Some(Verified { value: Phone { number: text, country_code }, proved });
        }
    }
}

fn by_password(state: &mut State, body: &Value) -> Result<User, Refusal> {
    let given = payload::object(body, "passwordPayload")?;
    let (kind, _) = payload::only_one(given, &["username", "email"])?;
    let password = payload::password(given, "password", &body["options"]["passwordEncryptType"])?;
    let mut user = state.new_user(if kind == "email" { "basic:email" } else { "basic:username" });
    user.password = Some(password.to_owned());
    name(&mut user, kind, given, false);
    Ok(user)
}

fn by_pass_code(state: &mut State, body: &Value) -> Result<User, Refusal> {
    let given = payload::object(body, "passCodePayload")?;
    let (kind, address) = payload::address(given)?;
    payload::take_pass_code(state, &address, "CHANNEL_REGISTER", &given["passCode"])?;
    let mut user = state.new_user(if kind == "email" { "basic:email-code" } else { "basic:phone-code" });
    name(&mut user, kind, given, true);
    let options = &body["options"];
    if kind == "phone" && options.get("passwordForPhonePassCode").is_some() {
        let password = payload::password(options, "passwordForPhonePassCode", &options["passwordEncryptType"])?;
        user.password = Some(password.to_owned());
    }
    Ok(user)
}

/// Adds the addresses of the profile, each proved by a code of its own.
fn complete(state: &mut State, user: &mut User, body: &Value) -> Result<(), Refusal> {
    let (profile, options) = (&body["profile"], &body["options"]);
    if let Some(email) = profile["email"].as_str().filter(|_| user.email.is_none()) {
        let code = &options["emailPassCodeForInformationCompletion"];
        payload::take_pass_code(state, &Address::email(email), "CHANNEL_COMPLETE_EMAIL", code)?;
        name(user, "email", profile, true);
    }
    if let Some(phone) = profile["phone"].as_str().filter(|_| user.phone.is_none()) {
        let address = Address::phone(phone, profile["phoneCountryCode"].as_str());
        let code = &options["phonePassCodeForInformationCompletion"];
        payload::take_pass_code(state, &address, "CHANNEL_COMPLETE_PHONE", code)?;
        name(user, "phone", profile, true);
    }
    Ok(())
}

/// Takes over the rest of a profile; custom fields are kept apart, since they are shown on demand only.
pub fn fill_in(user: &mut User, profile: &Value) {
    let mut profile: Map<_, _> = profile.as_object().cloned().unwrap_or_default();
    if let Some(Value::Object(custom)) = profile.remove("customData") {
        user.custom_data.extend(custom);
    }
    user.profile.extend(profile);
}
