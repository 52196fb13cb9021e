//! Logging a browser in: the page that asks who it is, and what comes of the answer.

use axum::Router;
use axum::body::Bytes;
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use maud::html;
use serde_json::Value;

use super::browser_sessions::Browser;
use super::cas_tickets::Ticket;
use super::codes::{Asked, Code};
use super::redirect::Landing;
use crate::sandbox::form;
use crate::sandbox::handle::Running;
use crate::sandbox::html;
use crate::sandbox::response::Answer;
use crate::sandbox::state::State;
use crate::sandbox::users::Users;

const PATH: &str = "/_sandbox/login";

/// A login that an application has sent a browser for.
pub struct Login {
    pub landing: Landing,
    pub wanted: Wanted,
    /// Who is logged in already, and needs no more than to agree.
    pub known: Option<Browser>,
}

/// What the browser is to bring back.
pub enum Wanted {
    Code(Asked),
    /// A ticket for this service.
    Ticket(String),
}

impl Login {
    /// Shows the page, which may have to say what went wrong on the one before.
    pub fn ask(self, state: &mut State, problem: Option<&str>) -> Answer {
        let id = state.token("login");
        let page = self.page(&id, &state.users, problem);
        state.provider.logins.insert(id, self);
        Answer::Page(page)
    }

    /// Sends the browser back with what was wanted.
    pub fn finish(self, state: &mut State, browser: &Browser) -> Answer {
        let (user_id, issued) = (browser.user_id.clone(), state.now());
        match self.wanted {
            Wanted::Code(asked) => {
                let text = state.token("code");
                let code = Code { asked, user_id, authenticated: browser.since, issued, used_on: None };
                state.provider.codes.add(text.clone(), code);
                self.landing.with(&[("code", &text)])
            }
            Wanted::Ticket(service) => {
                let text = state.token("ticket");
                state.provider.tickets.add(text.clone(), Ticket { user_id, service, issued });
                self.landing.with(&[("ticket", &text)])
            }
        }
    }

    /// The same, after the user has just logged in, which the browser is to remember.
    fn finish_as(self, state: &mut State, user_id: &str) -> Answer {
        let (cookie, browser) = state.log_browser_in(user_id, false);
        let cookie = format!("{}={cookie}; Path=/; HttpOnly; SameSite=Lax", state.provider.cookie_name());
        Answer::Cookie(Box::new(self.finish(state, &browser)), cookie)
    }

    /// Sends the browser back with nothing.
    fn give_up(&self) -> Answer {
        match self.wanted {
            Wanted::Code(_) => self.landing.refuse("access_denied", "the user gave up"),
            Wanted::Ticket(_) => self.landing.with(&[]),
        }
    }

    fn page(&self, id: &str, users: &Users, problem: Option<&str>) -> String {
        let known = self.known.as_ref().and_then(|browser| users.get(&browser.user_id));
        let scope = match &self.wanted {
            Wanted::Code(asked) => Some(&asked.scope),
            Wanted::Ticket(_) => None,
        };
        let form = |action: &str, content| {
            html! {
                form method="post" action=(PATH) {
                    input type="hidden" name="login" value=(id);
                    input type="hidden" name="action" value=(action);
                    (content)
                }
            }
        };
        let password = html! {
            label for="account" { "Username, e-mail address or phone number" }
            input id="account" name="account" autocomplete="username" required;
            label for="password" { "Password" }
            input id="password" name="password" type="password" autocomplete="current-password" required;
            button { "Log in" }
        };
        html::of(
            "Log in",
            &html! {
                p {
                    b { (self.landing.application()) } " wants to know who you are"
                    @if let Some(scope) = scope { ", and asks for: " (scope) }
                    ". This is a sandbox: its users are made up."
                }
                @if let Some(problem) = problem { p role="alert" { (problem) } }
                (form("continue", html! { button { "Continue as " (known.map_or("the test user", |user| user.account())) } }))
                (form("password", password))
                (form("cancel", html! { button { "Cancel" } }))
            },
        )
    }
}

/// Where the page's forms go to.
pub fn router(running: Running) -> Router {
    let log_in = async move |headers: HeaderMap, body: Bytes| log_in(&mut running.state(), &headers, &body);
    Router::new().route(PATH, post(log_in))
}

fn log_in(state: &mut State, headers: &HeaderMap, body: &[u8]) -> Response {
    let refuse = |status, text| html::response(status, html::notice("No login", text));
    if is_from_elsewhere(headers) {
        return refuse(StatusCode::FORBIDDEN, "The form does not come from one of the sandbox's own pages.");
    }
    let Ok(form) = form::decode(body) else {
        return refuse(StatusCode::BAD_REQUEST, "The form is malformed.");
    };
    let Some(login) = state.provider.logins.remove(form["login"].as_str().unwrap_or_default()) else {
        return refuse(StatusCode::BAD_REQUEST, "This login is over. Begin again in the application.");
    };
    let answer = match (form["action"].as_str(), &login.known) {
        (Some("continue"), Some(browser)) => {
            let browser = browser.clone();
            login.finish(state, &browser)
        }
        (Some("continue"), None) => {
            let user_id = state.ready_made_user();
            login.finish_as(state, &user_id)
        }
        (Some("password"), _) => match state.user_with_password(&form["account"], &form["password"]) {
            Some(user_id) => login.finish_as(state, &user_id),
            None => login.ask(state, Some("The account or the password is wrong.")),
        },
        _ => login.give_up(),
    };
    answer.into_response()
}

/// Whether another site's page sends the form.
fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    text(ORIGIN.as_str()).is_some_and(|origin| origin.split_once("://").map(|(_, host)| host) != text(HOST.as_str()))
}

impl State {
    /// Logs a user in in a browser; returns the value of its cookie.
    pub fn log_browser_in(&mut self, user_id: &str, agrees: bool) -> (String, Browser) {
        self.count_sign_in(user_id);
        let cookie = self.token("browser");
        let browser = Browser { user_id: user_id.to_owned(), since: self.now(), agrees };
        self.provider.browsers.add(cookie.clone(), browser.clone());
        (cookie, browser)
    }

    /// The user who goes by a name, if the password is right.
    pub fn user_with_password(&self, name: &Value, password: &Value) -> Option<String> {
        let user = self.users.named("account", name.as_str()?)?;
        (user.password.as_deref()? == password.as_str()?).then(|| user.id.clone())
    }
}
