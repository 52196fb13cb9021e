//! Registers a user.

use serde_json::{Map, Value};

use super::error::ApiError;
use super::request::Request;
use super::{HandlerResult, ok, payload};
use crate::sandbox::store::recipient::Recipient;
use crate::sandbox::store::state::State;
use crate::sandbox::store::users::{Contact, Phone, User};

/// Creates an account with a password, or with the pass code that verifies an e-mail address or phone number.
pub fn sign_up(state: &mut State, request: &Request) -> HandlerResult {
    let body = &request.body;
    let mut user = match body["connection"].as_str() {
        Some("PASSWORD") => by_password(state, body)?,
        _ => by_pass_code(state, body)?,
    };
    add_contacts(state, &mut user, body)?;
    set_profile(&mut user, &body["profile"]);
    let response = ok(user.to_json());
    register(state, user)?;
    Ok(response)
}

/// Adds a user to the user pool, unless another user has the same username, e-mail address or phone number.
pub fn register(state: &mut State, user: User) -> Result<(), ApiError> {
    let users = &state.users;
    let username = user.username.as_deref();
    if username.is_some_and(|name| users.find_by("username", name).is_some()) {
        return Err(ApiError::user_exists("username"));
    }
    if user.email_recipient().is_some_and(|recipient| users.find_by_recipient(&recipient).is_some()) {
        return Err(ApiError::user_exists("e-mail address"));
    }
    if user.phone_recipient().is_some_and(|recipient| users.find_by_recipient(&recipient).is_some()) {
        return Err(ApiError::user_exists("phone number"));
    }
    state.users.add(user);
    Ok(())
}

/// Sets the `username`, `email` or `phone` with which a user registers.
pub fn set_name(user: &mut User, kind: &str, object: &Value, verified: bool) {
    let name = object[kind].as_str().unwrap_or_default().to_owned();
    match kind {
        "username" => user.username = Some(name),
        "email" => user.email = Some(Contact { value: name, verified }),
        _ => {
            let country_code = object["phoneCountryCode"].as_str().map(ToOwned::to_owned);
            user.phone = Some(Contact { value: Phone { number: name, country_code }, verified });
        }
    }
}

fn by_password(state: &mut State, body: &Value) -> Result<User, ApiError> {
    let credential = payload::require_object(body, "passwordPayload")?;
    let (kind, _) = payload::require_one_of(credential, &["username", "email"])?;
    let password = payload::require_password(credential, "password", &body["options"]["passwordEncryptType"])?;
    let mut user = state.new_user(if kind == "email" { "basic:email" } else { "basic:username" });
    user.password = Some(password.to_owned());
    set_name(&mut user, kind, credential, false);
    Ok(user)
}

fn by_pass_code(state: &mut State, body: &Value) -> Result<User, ApiError> {
    let credential = payload::require_object(body, "passCodePayload")?;
    let (kind, recipient) = payload::require_recipient(credential)?;
    payload::use_pass_code(state, &recipient, "CHANNEL_REGISTER", &credential["passCode"])?;
    let mut user = state.new_user(if kind == "email" { "basic:email-code" } else { "basic:phone-code" });
    set_name(&mut user, kind, credential, true);
    let options = &body["options"];
    if kind == "phone" && options.get("passwordForPhonePassCode").is_some() {
        let encryption = &options["passwordEncryptType"];
        let password = payload::require_password(options, "passwordForPhonePassCode", encryption)?;
        user.password = Some(password.to_owned());
    }
    Ok(user)
}

/// Adds the e-mail address and phone number of the profile, each verified by a pass code of its own.
fn add_contacts(state: &mut State, user: &mut User, body: &Value) -> Result<(), ApiError> {
    let (profile, options) = (&body["profile"], &body["options"]);
    if let Some(email) = profile["email"].as_str().filter(|_| user.email.is_none()) {
        let pass_code = &options["emailPassCodeForInformationCompletion"];
        payload::use_pass_code(state, &Recipient::email(email), "CHANNEL_COMPLETE_EMAIL", pass_code)?;
        set_name(user, "email", profile, true);
    }
    if let Some(phone) = profile["phone"].as_str().filter(|_| user.phone.is_none()) {
        let recipient = Recipient::phone(phone, profile["phoneCountryCode"].as_str());
        let pass_code = &options["phonePassCodeForInformationCompletion"];
        payload::use_pass_code(state, &recipient, "CHANNEL_COMPLETE_PHONE", pass_code)?;
        set_name(user, "phone", profile, true);
    }
    Ok(())
}

/// Sets the properties of a profile. Custom data is stored separately, since the API returns it only if requested.
pub fn set_profile(user: &mut User, profile: &Value) {
    let mut profile: Map<_, _> = profile.as_object().cloned().unwrap_or_default();
    if let Some(Value::Object(custom_data)) = profile.remove("customData") {
        user.custom_data.extend(custom_data);
    }
    user.profile.extend(profile);
}
