//! The login page, and the endpoint to which its forms are submitted.

use axum::Router;
use axum::body::Bytes;
use axum::http::header::{HOST, ORIGIN, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use maud::{Markup, html};
use serde_json::Value;

use super::handle::Handle;
use super::response::redirect;
use super::{form, html};
use crate::sandbox::idp::login::{self, LoginPrompt};
use crate::sandbox::store::pending_logins::PendingLogin;
use crate::sandbox::store::state::State;

const PATH: &str = "/_sandbox/login";

pub fn router(handle: Handle) -> Router {
    let submit = async move |headers: HeaderMap, body: Bytes| submit(&mut handle.state(), &headers, &body);
    Router::new().route(PATH, post(submit))
}

pub fn render(prompt: &LoginPrompt) -> String {
    let form = |action: &str, content: Markup| {
        html! {
            form method="post" action=(PATH) {
                input type="hidden" name="login" value=(prompt.id);
                input type="hidden" name="action" value=(action);
                (content)
            }
        }
    };
    let account = prompt.account.as_deref().unwrap_or("the test user");
    let password = html! {
        label for="account" { "Username, e-mail address or phone number" }
        input id="account" name="account" autocomplete="username" required;
        label for="password" { "Password" }
        input id="password" name="password" type="password" autocomplete="current-password" required;
        button { "Log in" }
    };
    let page = html! {
        p {
            b { (prompt.application) } " requests your login"
            @if let Some(scope) = &prompt.scope { " with the scope " (scope) }
            ". This is a sandbox with test users."
        }
        @if let Some(error) = prompt.error { p role="alert" { (error) } }
        (form("continue", html! { button { "Continue as " (account) } }))
        (form("password", password))
        (form("cancel", html! { button { "Cancel" } }))
    };
    html::layout("Log in", &page)
}

fn submit(state: &mut State, headers: &HeaderMap, body: &[u8]) -> Response {
    let reject = |status, text| html::response(status, html::notice("Login failed", text));
    if is_cross_origin(headers) {
        return reject(StatusCode::FORBIDDEN, "The form was submitted by a page of another site.");
    }
    let Ok(form) = form::decode(body) else {
        return reject(StatusCode::BAD_REQUEST, "The form is malformed.");
    };
    let Some(login) = state.pending_logins.take(form["login"].as_str().unwrap_or_default()) else {
        return reject(StatusCode::BAD_REQUEST, "This login has ended. Start again in the application.");
    };
    match form["action"].as_str() {
        Some("continue") => match login.signed_in.clone() {
            Some(session) => redirect(login::complete(state, login, &session)),
            None => {
                let user_id = state.default_user();
                sign_in(state, login, &user_id)
            }
        },
        Some("password") => submit_password(state, login, &form),
        _ => redirect(login::deny(&login)),
    }
}

fn submit_password(state: &mut State, login: PendingLogin, form: &Value) -> Response {
    match login::verify_password(state, &form["account"], &form["password"]) {
        Some(user_id) => sign_in(state, login, &user_id),
        None => {
            let prompt = login::prompt(state, login, Some("The account or the password is wrong."));
            html::response(StatusCode::OK, render(&prompt))
        }
    }
}

/// Starts a browser session, and returns to the application.
fn sign_in(state: &mut State, login: PendingLogin, user_id: &str) -> Response {
    let (cookie, session) = login::start_browser_session(state, user_id, false);
    let cookie = format!("{}={cookie}; Path=/; HttpOnly; SameSite=Lax", login::cookie_name(state));
    ([(SET_COOKIE, cookie)], redirect(login::complete(state, login, &session))).into_response()
}

fn is_cross_origin(headers: &HeaderMap) -> bool {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
    header(ORIGIN).is_some_and(|origin| origin.split_once("://").map(|(_, host)| host) != header(HOST))
}
