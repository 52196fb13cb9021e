//! A web backend with login by OpenID Connect.
//!
//! `cargo run --features oidc,sandbox --example axum_oidc` serves it on a sandbox until Ctrl-C, and prints the URL to open in
//! a browser. With `--once` it logs in by itself and exits.
//!
//! With the `GENAUTH_*` variables set, it uses that host instead. The application must then list
//! `http://127.0.0.1:3000/callback` as a login callback URL and `http://127.0.0.1:3000/` as a logout callback URL; set `PORT`
//! for another port.

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
    /// By the cookie's value. A real backend expires them.
    sessions: Arc<Mutex<HashMap<String, Session>>>,
}

/// The state of one browser.
#[derive(Clone)]
enum Session {
    LoggingIn(Box<AuthorizationRequest>),
    LoggedIn(TokenManager),
}

impl App {
    /// Starts a session under a new id, which prevents session fixation.
    fn start(&self, cookies: CookieJar, session: Session) -> Result<CookieJar, AppError> {
        self.end(&cookies);
        let id = format!("{:016x}{:016x}", getrandom::u64()?, getrandom::u64()?);
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone(), session);
        // Add `secure(true)` if the backend is served over HTTPS.
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

/// Redirects to the login page, and stores the request for the callback.
async fn login(State(app): State<App>, cookies: CookieJar) -> Result<(CookieJar, Redirect), AppError> {
    let request = app.client.authorization_request(format!("{}/callback", app.url))?;
    let request = request.scope("openid profile offline_access");
    let url = request.to_url(&app.client)?;
    Ok((app.start(cookies, Session::LoggingIn(Box::new(request)))?, Redirect::to(url.as_str())))
}

async fn callback(
    State(app): State<App>,
    cookies: CookieJar,
    RawQuery(query): RawQuery,
) -> Result<(CookieJar, Redirect), AppError> {
    let Some(Session::LoggingIn(request)) = app.session(&cookies) else { return Ok((cookies, Redirect::to("/"))) };
    app.end(&cookies);
    let login = app.client.handle_callback(&request, &query.unwrap_or_default()).await?;
    let tokens = TokenManager::new(&app.client, login.tokens);
    Ok((app.start(cookies, Session::LoggedIn(tokens))?, Redirect::to("/profile")))
}

async fn profile(State(app): State<App>, cookies: CookieJar) -> Result<Response, AppError> {
    let Some(Session::LoggedIn(tokens)) = app.session(&cookies) else { return Ok(Redirect::to("/").into_response()) };
    let user = tokens.client().await?.get_profile().await?;
    let name = user.name.or(user.username).unwrap_or(user.user_id);
    let page = page(&html! {
        p { "Logged in as " b { (name) } }
        form method="post" action="/logout" { button { "Log out" } }
    });
    Ok(page.into_response())
}

/// Ends the backend's session, then the one with the service. `POST`, so that a link on another site logs nobody out.
async fn logout(State(app): State<App>, cookies: CookieJar) -> Result<(CookieJar, Redirect), AppError> {
    let session = app.session(&cookies);
    app.end(&cookies);
    let mut url = app.client.build_logout_url().post_logout_redirect_uri(format!("{}/", app.url));
    if let Some(Session::LoggedIn(tokens)) = session
        && let Some(token) = tokens.tokens().id_token
    {
        url = url.id_token_hint(token);
    }
    let cookies = cookies.remove(Cookie::build(COOKIE_NAME).path("/"));
    Ok((cookies, Redirect::to(url.to_url()?.as_str())))
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

/// Shown to the user without details, which go to the log.
enum AppError {
    Login(Error),
    Random(getrandom::Error),
}

impl From<Error> for AppError {
    fn from(error: Error) -> Self {
        Self::Login(error)
    }
}

impl From<getrandom::Error> for AppError {
    fn from(error: getrandom::Error) -> Self {
        Self::Random(error)
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let (status, message) = match &self {
            Self::Login(Error::Callback(_) | Error::OAuth(_)) => (StatusCode::BAD_REQUEST, "The login failed."),
            _ => (StatusCode::BAD_GATEWAY, "Something went wrong. Try again later."),
        };
        match self {
            Self::Login(error) => eprintln!("{error}"),
            Self::Random(error) => eprintln!("no random numbers: {error}"),
        }
        (status, page(&html! { p { (message) } a href="/login" { "Log in" } })).into_response()
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

/// Logs in as a browser does, and prints the profile page.
async fn visit(url: &str, sandbox: &Sandbox) -> Result<(), Box<dyn StdError>> {
    let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let open = async |url: &str, cookie: &str| browser.get(url).header(COOKIE, cookie).send().await;
    let header = |response: &reqwest::Response, name| {
        let value = response.headers().get(name).and_then(|value| value.to_str().ok()?.split(';').next());
        value.map(ToOwned::to_owned).ok_or("the response has no redirect or no cookie")
    };
    let login = open(&format!("{url}/login"), "").await?;
    let callback = sandbox.authorize(&Url::parse(&header(&login, LOCATION)?)?).await?;
    let logged_in = open(callback.as_str(), &header(&login, SET_COOKIE)?).await?;
    let profile = open(&format!("{url}{}", header(&logged_in, LOCATION)?), &header(&logged_in, SET_COOKIE)?).await?;
    println!("{} {}", profile.status(), profile.text().await?);
    Ok(())
}
