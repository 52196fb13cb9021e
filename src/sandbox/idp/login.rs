//! Signs a user in with a browser, and issues what the application requested.

use serde_json::Value;

use super::redirect::Redirect;
use crate::sandbox::store::authorization_codes::AuthorizationCode;
use crate::sandbox::store::browser_sessions::BrowserSession;
use crate::sandbox::store::cas_tickets::CasTicket;
use crate::sandbox::store::pending_logins::{PendingLogin, Requested};
use crate::sandbox::store::state::State;
use crate::sandbox::store::users::User;

/// What the login page shows.
pub struct LoginPrompt {
    /// The id of the pending login.
    pub id: String,
    /// The application that requests the login.
    pub application: String,
    /// The scope that it requests; none with CAS.
    pub scope: Option<String>,
    /// The user who is signed in already.
    pub account: Option<String>,
    /// Why the previous attempt failed.
    pub error: Option<&'static str>,
}

/// Keeps the login until the user submits the login page.
pub fn prompt(state: &mut State, login: PendingLogin, error: Option<&'static str>) -> LoginPrompt {
    let signed_in = login.signed_in.as_ref().and_then(|session| state.users.get(&session.user_id));
    let prompt = LoginPrompt {
        account: signed_in.map(|user| user.account_name().to_owned()),
        id: state.token("login"),
        application: login.target.application().to_owned(),
        scope: match &login.requested {
            Requested::Code(params) => Some(params.scope.clone()),
            Requested::Ticket(_) => None,
        },
        error,
    };
    let now = state.now();
    state.pending_logins.add(prompt.id.clone(), login, now);
    prompt
}

/// Returns to the application with what it requested.
pub fn complete(state: &mut State, login: PendingLogin, session: &BrowserSession) -> Redirect {
    let (user_id, issued_at) = (session.user_id.clone(), state.now());
    match login.requested {
        Requested::Code(params) => {
            let code = state.token("code");
            let authenticated_at = session.authenticated_at;
            let entry = AuthorizationCode { params, user_id, authenticated_at, issued_at, used_by_device: None };
            state.authorization_codes.add(code.clone(), entry);
            login.target.redirect(&[("code", &code)])
        }
        Requested::Ticket(service) => {
            let ticket = state.token("ticket");
            state.cas_tickets.add(ticket.clone(), CasTicket { user_id, service, issued_at });
            login.target.redirect(&[("ticket", &ticket)])
        }
    }
}

/// Returns to the application of a user who cancels.
pub fn deny(login: &PendingLogin) -> Redirect {
    match login.requested {
        Requested::Code(_) => login.target.redirect_error("access_denied", "the user canceled the login"),
        Requested::Ticket(_) => login.target.redirect(&[]),
    }
}

/// Starts a browser session, and returns the value of its cookie with it.
pub fn start_browser_session(state: &mut State, user_id: &str, auto_consent: bool) -> (String, BrowserSession) {
    state.count_sign_in(user_id);
    let cookie = state.token("browser");
    let session = BrowserSession { user_id: user_id.to_owned(), authenticated_at: state.now(), auto_consent };
    state.browser_sessions.add(cookie.clone(), session.clone());
    (cookie, session)
}

/// The session in the browser with this cookie, unless its user is suspended.
pub fn browser_session<'s>(state: &'s State, cookie: &str) -> Option<&'s BrowserSession> {
    let session = state.browser_sessions.get(cookie, state.now())?;
    state.users.get(&session.user_id).is_none_or(User::is_active).then_some(session)
}

/// The name of the cookie that identifies the browser. Browsers share cookies among the ports of a host, so it contains
/// the port.
pub fn cookie_name(state: &State) -> String {
    format!("genauth-sandbox-{}", state.url.rsplit(':').next().unwrap_or_default())
}

/// The id of the user with this account name, if the password is right and the user not suspended.
pub fn verify_password(state: &State, account: &Value, password: &Value) -> Option<String> {
    let user = state.users.find_by("account", account.as_str()?).filter(|user| user.is_active())?;
    (user.password.as_deref()? == password.as_str()?).then(|| user.id.clone())
}
