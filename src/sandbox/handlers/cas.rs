//! Central Authentication Service: login and ticket validation.

use serde_json::{Value, json};

use super::error::ApiError;
use super::request::Request;
use super::response::Response;
use super::{HandlerResult, payload};
use crate::sandbox::idp::{claims, login};
use crate::sandbox::store::application::APP_ID;
use crate::sandbox::store::pending_logins::{PendingLogin, RedirectTarget, Requested};
use crate::sandbox::store::state::State;
use crate::sandbox::store::users::User;

/// Signs the user in, and redirects to the service with a ticket.
pub fn login(state: &mut State, request: &Request) -> HandlerResult {
    request.check_parameters()?;
    if request.parameters["app_id"] != APP_ID {
        return Err(ApiError::malformed("app_id: unknown"));
    }
    let service = payload::require_string(&request.parameters, "service")?.to_owned();
    let target = RedirectTarget::from_parameters(&request.parameters, "service").map_err(ApiError::malformed)?;
    let login = PendingLogin { target, requested: Requested::Ticket(service), signed_in: None };
    Ok(match &request.browser_session {
        Some(session) => Response::Redirect(login::complete(state, login, session)),
        None => Response::LoginPage(login::prompt(state, login, None)),
    })
}

/// CAS 1.0.
pub fn validate_v1(state: &mut State, request: &Request) -> HandlerResult {
    Ok(Response::Text(match validate(state, request) {
        Ok(user) => format!("yes\n{}\n", name(user)),
        Err(_) => "no\n".to_owned(),
    }))
}

/// CAS 2.0, in JSON only.
pub fn validate_v2(state: &mut State, request: &Request) -> HandlerResult {
    let result = if request.parameters["format"] == "JSON" {
        validate(state, request).map(|user| json!({ "user": name(user), "attributes": attributes(user) }))
    } else {
        Err(("INVALID_REQUEST", "the sandbox supports the format JSON only"))
    };
    let response = match result {
        Ok(success) => json!({ "authenticationSuccess": success }),
        Err((code, description)) => {
            json!({ "authenticationFailure": { "code": code, "description": description } })
        }
    };
    Ok(Response::Json(json!({ "serviceResponse": response })))
}

/// The user of the ticket, or a failure: its code and description.
fn validate<'a>(state: &'a mut State, request: &Request) -> Result<&'a User, (&'static str, &'static str)> {
    let now = state.now();
    let ticket = state.cas_tickets.take(request.parameters["ticket"].as_str().unwrap_or_default(), now);
    let ticket = ticket.ok_or(("INVALID_TICKET", "the ticket is wrong, used or expired"))?;
    if request.parameters["app_id"] != APP_ID || request.parameters["service"] != ticket.service {
        return Err(("INVALID_SERVICE", "the ticket was issued for another service"));
    }
    state.users.get(&ticket.user_id).ok_or(("INVALID_TICKET", "the user no longer exists"))
}

fn name(user: &User) -> &str {
    user.username.as_deref().unwrap_or_else(|| user.account_name())
}

fn attributes(user: &User) -> Value {
    claims::claims(user, "profile email phone")
}
