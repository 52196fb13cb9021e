//! `genauth login`: log in with the browser.

use std::time::Duration;

use axum::http::StatusCode;
use clap::ArgMatches;
use genauth::oidc::{AuthorizationRequest, Login};
use genauth::{AuthenticationClient, Error};
use serde_json::{Map, Value};
use tokio::time::timeout;

use super::error::{CliError, Result};
use super::global_args::Format;
use super::redirect_server::RedirectServer;
use super::terminal::notify;
use super::token_store::TokenStore;
use super::{config, output, runtime};

/// With `offline_access`, the login outlasts its first access token.
pub const SCOPE: &str = "openid profile email phone address offline_access";
/// The time that the user has to log in.
const TIMEOUT: Duration = Duration::from_secs(300);

/// Waits for the login, stores its tokens, and prints the user.
pub fn run(matches: &ArgMatches) -> Result<()> {
    config::reject_sandbox(matches, "login")?;
    let application = config::application(matches)?;
    if application.has_access_token {
        notify("note: an access token is configured; calls use it instead of the login");
    }
    let login = runtime::new()?.block_on(log_in(&application.client, application.token_store()?, matches))?;
    output::print(&user(&login), matches, Format::Table)
}

async fn log_in(client: &AuthenticationClient, store: &TokenStore, matches: &ArgMatches) -> Result<Login> {
    let port = matches.get_one::<u16>("port").copied().unwrap_or_default();
    let mut server = RedirectServer::start(port).await.map_err(|error| {
        let hint = "choose another --port that is in one of the application's login callback URLs";
        CliError::with_hint(format!("cannot listen on port {port}: {error}"), hint)
    })?;
    let mut request = client.authorization_request(&server.redirect_uri)?;
    if let Some(scope) = matches.get_one::<String>("scope") {
        request = request.scope(scope);
    }
    let url = request.to_url(client)?;
    let redirect_uri = &server.redirect_uri;
    notify(&format!("To log in, open\n\n{url}\n\nWaiting for the redirect to {redirect_uri}. Press Ctrl-C to cancel."));
    if !matches.get_flag("no-browser") {
        // Without a browser, the user can still open the printed URL.
        let _ = open::that_detached(url.as_str());
    }
    let outcome = timeout(TIMEOUT, receive_login(client, &request, store, &mut server)).await;
    server.stop().await;
    outcome.unwrap_or_else(|_| Err(CliError::with_hint("timed out waiting for the login", "run `genauth login` again")))
}

/// Handles callbacks until one belongs to the request: any web page can send the browser here.
async fn receive_login(
    client: &AuthenticationClient,
    request: &AuthorizationRequest,
    store: &TokenStore,
    server: &mut RedirectServer,
) -> Result<Login> {
    loop {
        let callback = server.next().await;
        match client.handle_callback(request, &callback.query).await {
            Err(Error::Callback(error)) => {
                notify(&format!("ignored a callback that does not belong to this login: {error}"));
                callback.respond((StatusCode::BAD_REQUEST, "This callback does not belong to the current login.\n"));
            }
            outcome => {
                let outcome = outcome.map_err(CliError::from);
                let outcome = outcome.and_then(|login| store.save(&login.tokens).map(|()| login));
                callback.respond(match &outcome {
                    Ok(_) => (StatusCode::OK, "You are logged in. You can close this page.\n"),
                    Err(_) => (StatusCode::BAD_REQUEST, "The login failed. The terminal shows the reason.\n"),
                });
                return outcome;
            }
        }
    }
}

/// The user, as far as the scope shows.
fn user(login: &Login) -> Value {
    let user = &login.claims.user;
    let members = [
        ("userId", Some(&user.sub)),
        ("username", user.preferred_username.as_ref()),
        ("name", user.name.as_ref()),
        ("scope", login.tokens.scope.as_ref()),
    ];
    let present = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.clone().into())));
    Value::Object(present.collect::<Map<_, _>>())
}
