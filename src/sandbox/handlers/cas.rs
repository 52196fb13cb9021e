//! Central Authentication Service: login and ticket validation.

use maud::{Markup, PreEscaped, html};
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

/// CAS 2.0 and 3.0, in XML unless JSON is asked for.
pub fn validate_v2(state: &mut State, request: &Request) -> HandlerResult {
    let is_json = request.parameters["format"].as_str().is_some_and(|format| format.eq_ignore_ascii_case("JSON"));
    let result = validate(state, request).map(|user| (name(user).to_owned(), attributes(user)));
    Ok(if is_json { Response::Json(json(result)) } else { Response::Xml(xml(result)) })
}

/// The user's name and attributes, or a failure: its code and description.
type Validation = Result<(String, Value), Failure>;
type Failure = (&'static str, &'static str);

fn json(result: Validation) -> Value {
    let response = match result {
        Ok((user, attributes)) => json!({ "authenticationSuccess": { "user": user, "attributes": attributes } }),
        Err((code, description)) => {
            json!({ "authenticationFailure": { "code": code, "description": description } })
        }
    };
    json!({ "serviceResponse": response })
}

fn xml(result: Validation) -> String {
    let attributes = |attributes: &Value| -> Vec<Markup> {
        let members = attributes.as_object().into_iter().flatten();
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
        // The names are those of claims, which are names in XML, too.
        let element = |(name, value)| {
            html! { (PreEscaped(format!("<cas:{name}>"))) (text(value)) (PreEscaped(format!("</cas:{name}>"))) }
        };
        members.map(element).collect()
    };
    let response = html! {
        cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas" {
            @match result {
                Ok((user, claims)) => cas:authenticationSuccess {
                    cas:user { (user) }
                    cas:attributes { @for attribute in attributes(&claims) { (attribute) } }
                },
                Err((code, description)) => cas:authenticationFailure code=(code) { (description) },
            }
        }
    };
    response.into_string()
}

/// The user of the ticket, or a failure.
fn validate<'a>(state: &'a mut State, request: &Request) -> Result<&'a User, Failure> {
    let now = state.now();
    let parameter = |name: &str| request.parameters[name].as_str().filter(|value| !value.is_empty());
    let (Some(ticket), Some(service)) = (parameter("ticket"), parameter("service")) else {
        return Err(("INVALID_REQUEST", "the parameters service and ticket are required"));
    };
    let ticket = state.cas_tickets.take(ticket, now);
    let ticket = ticket.ok_or(("INVALID_TICKET", "the ticket is wrong, used or expired"))?;
    if request.parameters["app_id"] != APP_ID || service != ticket.service {
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
