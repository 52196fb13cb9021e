//! Contacts, password and end of an account: steps that a pass code confirms.

use serde_json::{Value, json};

use super::error::ApiError;
use super::request::Request;
use super::{HandlerResult, ok, ok_empty, payload};
use crate::sandbox::store::account_tokens::Purpose;
use crate::sandbox::store::recipient::Recipient;
use crate::sandbox::store::state::State;
use crate::sandbox::store::users::{Contact, Phone, User};

/// Adds an e-mail address to the account.
pub fn add_email(state: &mut State, request: &Request) -> HandlerResult {
    let email = payload::require_string(&request.body, "email")?.to_owned();
    add(state, request, Recipient::email(&email), "CHANNEL_BIND_EMAIL", |user| {
        user.email = Some(Contact { value: email, verified: true });
    })
}

/// Adds a phone number to the account.
pub fn add_phone(state: &mut State, request: &Request) -> HandlerResult {
    let number = payload::require_string(&request.body, "phoneNumber")?.to_owned();
    let country_code = request.body["phoneCountryCode"].as_str().map(ToOwned::to_owned);
    let recipient = Recipient::phone(&number, country_code.as_deref());
    add(state, request, recipient, "CHANNEL_BIND_PHONE", |user| {
        user.phone = Some(Contact { value: Phone { number, country_code }, verified: true });
    })
}

fn add(
    state: &mut State,
    request: &Request,
    recipient: Recipient,
    channel: &str,
    set: impl FnOnce(&mut User),
) -> HandlerResult {
    let user_id = request.principal()?.user_id.clone();
    payload::use_pass_code(state, &recipient, channel, &request.body["passCode"])?;
    if state.users.find_by_recipient(&recipient).is_some_and(|other| other.id != user_id) {
        return Err(ApiError::user_exists("e-mail address or phone number"));
    }
    change(state, &user_id, set)
}

/// Removes the e-mail address from the account.
pub fn remove_email(state: &mut State, request: &Request) -> HandlerResult {
    remove(state, request, User::email_recipient, "CHANNEL_UNBIND_EMAIL", |user| user.email = None)
}

/// Removes the phone number from the account.
pub fn remove_phone(state: &mut State, request: &Request) -> HandlerResult {
    remove(state, request, User::phone_recipient, "CHANNEL_UNBIND_PHONE", |user| user.phone = None)
}

fn remove(
    state: &mut State,
    request: &Request,
    recipient: fn(&User) -> Option<Recipient>,
    channel: &str,
    clear: impl FnOnce(&mut User),
) -> HandlerResult {
    let user_id = request.principal()?.user_id.clone();
    let recipient = state.users.get(&user_id).and_then(recipient);
    let recipient = recipient.ok_or_else(|| ApiError::malformed("the user has nothing to unbind"))?;
    payload::use_pass_code(state, &recipient, channel, &request.body["passCode"])?;
    change(state, &user_id, clear)
}

fn change(state: &mut State, user_id: &str, change: impl FnOnce(&mut User)) -> HandlerResult {
    state.change_user(user_id, change).ok_or_else(ApiError::user_not_found)?;
    Ok(ok_empty())
}

/// Confirms by a pass code who wants to reset a password.
pub fn verify_password_reset(state: &mut State, request: &Request) -> HandlerResult {
    let recipient = confirmed_recipient(state, &request.body, "CHANNEL_RESET_PASSWORD")?;
    let user_id = state.users.find_by_recipient(&recipient).ok_or_else(ApiError::user_not_found)?.id.clone();
    Ok(issue(state, user_id, Purpose::PasswordReset, "passwordResetToken"))
}

/// Sets the password.
pub fn set_password(state: &mut State, request: &Request) -> HandlerResult {
    let body = &request.body;
    let password = payload::require_password(body, "password", &body["passwordEncryptType"])?.to_owned();
    let user_id = take(state, body, "passwordResetToken", Purpose::PasswordReset)?;
    change(state, &user_id, |user| user.password = Some(password))
}

/// Confirms by a pass code or the password that the user wants to delete the account.
pub fn verify_deletion(state: &mut State, request: &Request) -> HandlerResult {
    let (body, user_id) = (&request.body, request.principal()?.user_id.clone());
    let is_own = if body["verifyMethod"] == "PASSWORD" {
        let credential = payload::require_object(body, "passwordPayload")?;
        let password = payload::require_password(credential, "password", &credential["passwordEncryptType"])?;
        state.users.get(&user_id).is_some_and(|user| user.password.as_deref() == Some(password))
    } else {
        let recipient = confirmed_recipient(state, body, "CHANNEL_DELETE_ACCOUNT")?;
        state.users.find_by_recipient(&recipient).is_some_and(|user| user.id == user_id)
    };
    if !is_own {
        return Err(ApiError::malformed("not the password, e-mail address or phone number of the user"));
    }
    Ok(issue(state, user_id, Purpose::Deletion, "deleteAccountToken"))
}

/// Deletes the account.
pub fn delete(state: &mut State, request: &Request) -> HandlerResult {
    let user_id = take(state, &request.body, "deleteAccountToken", Purpose::Deletion)?;
    state.users.remove(&user_id);
    state.sessions.end_all(&user_id);
    Ok(ok_empty())
}

/// The recipient of a pass code in one of the two payloads.
fn confirmed_recipient(state: &mut State, body: &Value, channel: &str) -> Result<Recipient, ApiError> {
    let (recipient, credential) = if body["verifyMethod"] == "PHONE_PASSCODE" {
        let credential = payload::require_object(body, "phonePassCodePayload")?;
        let number = payload::require_string(credential, "phoneNumber")?;
        (Recipient::phone(number, credential["phoneCountryCode"].as_str()), credential)
    } else {
        let credential = payload::require_object(body, "emailPassCodePayload")?;
        (Recipient::email(payload::require_string(credential, "email")?), credential)
    };
    payload::use_pass_code(state, &recipient, channel, &credential["passCode"])?;
    Ok(recipient)
}

fn issue(state: &mut State, user_id: String, purpose: Purpose, name: &str) -> super::Response {
    let (token, now) = (state.token("account-token"), state.now());
    let lifetime = state.account_tokens.issue(token.clone(), user_id, purpose, now);
    ok(json!({ name: token, "tokenExpiresIn": lifetime.as_secs() }))
}

fn take(state: &mut State, body: &Value, name: &str, purpose: Purpose) -> Result<String, ApiError> {
    let (token, now) = (payload::require_string(body, name)?, state.now());
    let user_id = state.account_tokens.take(token, purpose, now);
    user_id.ok_or_else(|| ApiError::malformed(format!("{name}: wrong, used or expired")))
}
