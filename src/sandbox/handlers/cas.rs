//! Central Authentication Service: tickets, and checking them.

use serde_json::{Value, json};

use super::{Outcome, payload};
use crate::sandbox::application::APP_ID;
use crate::sandbox::error::Refusal;
use crate::sandbox::idp::claims;
use crate::sandbox::idp::login::{Login, Wanted};
use crate::sandbox::idp::redirect::Landing;
use crate::sandbox::response::Answer;
use crate::sandbox::state::State;
use crate::sandbox::users::User;
use crate::sandbox::validation::Request;

/// Sends the browser back with a ticket, after asking who the user is.
pub fn log_in(state: &mut State, request: &Request) -> Outcome {
    request.check_parameters()?;
    if request.parameters["app_id"] != APP_ID {
        return Err(Refusal::malformed("there is no such application"));
    }
    let service = payload::text(&request.parameters, "service")?.to_owned();
    let landing = Landing::new(&request.parameters, "service")?;
    let login = Login { landing, wanted: Wanted::Ticket(service), known: None };
    Ok(match &request.browser {
        Some(browser) => login.finish(state, browser),
        None => login.ask(state, None),
    })
}

/// By CAS 1.0: a line `yes` and a name, or a line `no`.
pub fn validate_1(state: &mut State, request: &Request) -> Outcome {
    Ok(Answer::Text(match user(state, request) {
        Ok(user) => format!("yes\n{}\n", name(user)),
        Err(_) => "no\n".to_owned(),
    }))
}

/// By CAS 2.0, as JSON only.
pub fn validate_2(state: &mut State, request: &Request) -> Outcome {
    let answer = if request.parameters["format"] == "JSON" {
        user(state, request).map(|user| json!({ "user": name(user), "attributes": attributes(user) }))
    } else {
        Err(("INVALID_REQUEST", "the sandbox answers in JSON only"))
    };
    let answer = match answer {
        Ok(success) => json!({ "authenticationSuccess": success }),
        Err((code, description)) => {
            json!({ "authenticationFailure": { "code": code, "description": description } })
        }
    };
    Ok(Answer::Json(json!({ "serviceResponse": answer })))
}

/// Whose the ticket is, or why it is no good: a code and a sentence.
fn user<'a>(state: &'a mut State, request: &Request) -> Result<&'a User, (&'static str, &'static str)> {
    let now = state.now();
    let text = request.parameters["ticket"].as_str().unwrap_or_default();
    let ticket = state.provider.tickets.take(text, now);
    let ticket = ticket.ok_or(("INVALID_TICKET", "the ticket is wrong, used or expired"))?;
    if request.parameters["app_id"] != APP_ID || request.parameters["service"] != ticket.service {
        return Err(("INVALID_SERVICE", "the ticket was issued for another service"));
    }
    state.users.get(&ticket.user_id).ok_or(("INVALID_TICKET", "the user is gone"))
}

fn name(user: &User) -> &str {
    user.username.as_deref().unwrap_or_else(|| user.account())
}

fn attributes(user: &User) -> Value {
    claims::claims(user, "profile email phone")
}
