//! A web backend whose users log in with the service, by OpenID Connect.
//!
//! `cargo run --features oidc,sandbox --example axum_oidc` serves it on the embedded sandbox until Ctrl-C, and prints the
//! address to open in a browser. With `--once` it logs in by itself and stops. With the `GENAUTH_*` variables set, it uses
//! that host; `http://127.0.0.1:3000/callback` and `http://127.0.0.1:3000/` are then among the application's login callback
//! and logout callback addresses, or those with the `PORT` that is set.

use std::collections::HashMap;
use std::env;
use std::error::Error as StdError;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use genauth::oidc::{AuthorizationRequest, TokenManager};
use genauth::sandbox::Sandbox;
use genauth::{AuthenticationClient, Error};
use maud::{DOCTYPE, Markup, html};
use reqwest::Url;
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use tokio::net::TcpListener;

const COOKIE_NAME: &str = "session";

#[derive(Clone)]
struct App {
    client: AuthenticationClient,
    url: String,
    /// By the value of the cookie. A backend that is more than an example forgets them in time.
    sessions: Arc<Mutex<HashMap<String, Session>>>,
}

/// What the backend knows of one browser.
#[derive(Clone)]
enum Session {
    LoggingIn(AuthorizationRequest),
    LoggedIn(TokenManager),
}

impl App {
    /// Begins a session, under a new name, so that nobody can have known it before.
    fn begin(&self, cookies: CookieJar, session: Session) -> Result<CookieJar, Problem> {
        self.end(&cookies);
        let id = format!("{:016x}{:016x}", getrandom::u64()?, getrandom::u64()?);
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone(), session);
        // With `secure(true)` where the backend has an https address.
        Ok(cookies.add(Cookie::build((COOKIE_NAME, id)).path("/").http_only(true).same_site(SameSite::Lax)))
    }

    fn session(&self, cookies: &CookieJar) -> Option<Session> {
        let id = cookies.get(COOKIE_NAME)?.value();
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    fn end(&self, cookies: &CookieJar) {
        if let Some(id) = cookies.get(COOKIE_NAME) {
            self.sessions.lock().unwrap_or_else(PoisonError::into_inner).remove(id.value());
        }
    }
}

async fn home(State(app): State<App>, cookies: CookieJar) -> Html<String> {
    page(&match app.session(&cookies) {
        Some(Session::LoggedIn(_)) => html! { a href="/profile" { "My profile" } },
        _ => html! { a href="/login" { "Log in" } },
    })
}

/// Sends the browser away, and keeps what it is checked against when it is back.
async fn login(State(app): State<App>, cookies: CookieJar) -> Result<(CookieJar, Redirect), Problem> {
    let request = app.client.authorization_request(format!("{}/callback", app.url))?;
    let request = request.scope("openid profile offline_access");
    let address = request.to_url(&app.client)?;
    Ok((app.begin(cookies, Session::LoggingIn(request))?, Redirect::to(address.as_str())))
}

async fn callback(
    State(app): State<App>,
    cookies: CookieJar,
    RawQuery(query): RawQuery,
) -> Result<(CookieJar, Redirect), Problem> {
    let Some(Session::LoggingIn(request)) = app.session(&cookies) else { return Ok((cookies, Redirect::to("/"))) };
    app.end(&cookies);
    let login = app.client.handle_callback(&request, &query.unwrap_or_default()).await?;
    let tokens = TokenManager::new(&app.client, login.tokens);
    Ok((app.begin(cookies, Session::LoggedIn(tokens))?, Redirect::to("/profile")))
}

async fn profile(State(app): State<App>, cookies: CookieJar) -> Result<Response, Problem> {
    let Some(Session::LoggedIn(tokens)) = app.session(&cookies) else { return Ok(Redirect::to("/").into_response()) };
    let user = tokens.client().await?.get_profile().await?;
    let name = user.name.or(user.username).unwrap_or(user.user_id);
    let page = page(&html! {
        p { "Logged in as " b { (name) } }
        form method="post" action="/logout" { button { "Log out" } }
    });
    Ok(page.into_response())
}

/// Ends the session here, and then the one with the service. It is posted, so that no link of others logs anybody out.
async fn logout(State(app): State<App>, cookies: CookieJar) -> Result<(CookieJar, Redirect), Problem> {
    let session = app.session(&cookies);
    app.end(&cookies);
    let mut address = app.client.build_logout_url().post_logout_redirect_uri(format!("{}/", app.url));
    if let Some(Session::LoggedIn(tokens)) = session
        && let Some(token) = tokens.tokens().id_token
    {
        address = address.id_token_hint(token);
    }
    let cookies = cookies.remove(Cookie::build(COOKIE_NAME).path("/"));
    Ok((cookies, Redirect::to(address.to_url()?.as_str())))
}

fn page(content: &Markup) -> Html<String> {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; title { "Shop" } link rel="icon" href="data:,"; }
            body { h1 { "Shop" } (content) }
        }
    };
    Html(page.into_string())
}

/// What the user is told of an error; the backend's own log has the rest.
enum Problem {
    Login(Error),
    Random(getrandom::Error),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::Login(error)
    }
}

impl From<getrandom::Error> for Problem {
    fn from(error: getrandom::Error) -> Self {
        Self::Random(error)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, text) = match &self {
            Self::Login(Error::Callback(_) | Error::OAuth(_)) => (StatusCode::BAD_REQUEST, "You are not logged in."),
            _ => (StatusCode::BAD_GATEWAY, "That does not work right now."),
        };
        match self {
            Self::Login(error) => eprintln!("{error}"),
            Self::Random(error) => eprintln!("no random numbers: {error}"),
        }
        (status, page(&html! { p { (text) } a href="/login" { "Log in" } })).into_response()
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn StdError>> {
    let sandbox = match env::var_os("GENAUTH_APP_HOST") {
        Some(_) => None,
        None => Some(Sandbox::start().await?),
    };
    let client = match &sandbox {
        Some(sandbox) => sandbox.client()?,
        None => AuthenticationClient::from_env()?,
    };

    let port = env::var("PORT").map_or(Ok(3000), |port| port.parse::<u16>())?;
    let once = sandbox.as_ref().filter(|_| env::args().any(|argument| argument == "--once"));
    let listener = TcpListener::bind(("127.0.0.1", if once.is_some() { 0 } else { port })).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let router = Router::new()
        .route("/", get(home))
        .route("/login", get(login))
        .route("/callback", get(callback))
        .route("/profile", get(profile))
        .route("/logout", post(logout))
        .with_state(App { client, url: url.clone(), sessions: Arc::default() });
    let server = axum::serve(listener, router);

    if let Some(sandbox) = once {
        tokio::spawn(server.into_future());
        return visit(&url, sandbox).await;
    }
    println!("{url}");
    server.await?;
    Ok(())
}

/// Logs in as a browser does, and prints the profile's page.
async fn visit(url: &str, sandbox: &Sandbox) -> Result<(), Box<dyn StdError>> {
    let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let open = async |url: &str, cookie: &str| browser.get(url).header(COOKIE, cookie).send().await;
    let header = |answer: &reqwest::Response, name| {
        let value = answer.headers().get(name).and_then(|value| value.to_str().ok()?.split(';').next());
        value.map(ToOwned::to_owned).ok_or("the browser is sent nowhere")
    };
    let sent = open(&format!("{url}/login"), "").await?;
    let back = sandbox.authorize(&Url::parse(&header(&sent, LOCATION)?)?).await?;
    let landed = open(back.as_str(), &header(&sent, SET_COOKIE)?).await?;
    let profile = open(&format!("{url}{}", header(&landed, LOCATION)?), &header(&landed, SET_COOKIE)?).await?;
    println!("{} {}", profile.status(), profile.text().await?);
    Ok(())
}
