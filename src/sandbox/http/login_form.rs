//! The endpoint to which the forms of the login page are submitted.

use axum::Router;
use axum::body::Bytes;
use axum::http::header::{HOST, ORIGIN, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::Value;

use super::handle::Handle;
use super::response::redirect;
use super::{form, html};
use crate::sandbox::idp::login;
use crate::sandbox::store::pending_logins::PendingLogin;
use crate::sandbox::store::state::State;

pub fn router(handle: Handle) -> Router {
    let submit = async move |headers: HeaderMap, body: Bytes| submit(&mut handle.state(), &headers, &body);
    Router::new().route(html::LOGIN_PATH, post(submit))
}

fn submit(state: &mut State, headers: &HeaderMap, body: &[u8]) -> Response {
    let reject = |status, text| html::response(status, html::notice("Login failed", text));
    if is_cross_origin(headers) {
        return reject(StatusCode::FORBIDDEN, "The form was submitted by a page of another site.");
    }
    let Ok(form) = form::decode(body) else {
        return reject(StatusCode::BAD_REQUEST, "The form is malformed.");
    };
    let now = state.now();
    let Some(login) = state.pending_logins.take(form["login"].as_str().unwrap_or_default(), now) else {
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
            html::response(StatusCode::OK, html::login_page(&prompt))
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
