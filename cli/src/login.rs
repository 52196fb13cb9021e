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
    let store = application.token_store()?;
    store.check()?;
    let runtime = runtime::new()?;
    let (outcome, server) = runtime.block_on(log_in(&application.client, store, matches))?;
    let printed = outcome.and_then(|login| output::print(&user(&login), matches, Format::Table));
    runtime.block_on(server.stop());
    printed
}

/// The outcome, and the server, which still owes the browser a page.
async fn log_in(
    client: &AuthenticationClient,
    store: &TokenStore,
    matches: &ArgMatches,
) -> Result<(Result<Login>, RedirectServer)> {
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
    let timed_out = || CliError::with_hint("timed out waiting for the login", "run `genauth login` again");
    Ok((outcome.unwrap_or_else(|_| Err(timed_out())), server))
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
                let outcome = match outcome {
                    Ok(login) => keep(client, store, login).await,
                    Err(error) => Err(error.into()),
                };
                callback.respond(match &outcome {
                    Ok(_) => (StatusCode::OK, "You are logged in. You can close this page.\n"),
                    Err(_) => (StatusCode::BAD_REQUEST, "The login failed. The terminal shows the reason.\n"),
                });
                return outcome;
            }
        }
    }
}

/// Stores the login, and revokes the one that it replaces; a login that cannot be stored is revoked itself.
async fn keep(client: &AuthenticationClient, store: &TokenStore, login: Login) -> Result<Login> {
    let saved = store.save(&login.tokens);
    let outdated = match &saved {
        Ok(replaced) => replaced.as_ref(),
        Err(_) => Some(&login.tokens),
    };
    if let Some(tokens) = outdated
        && let Err(error) = client.revoke_tokens(tokens).await
    {
        notify(&format!("failed to revoke tokens that are not kept: {error}; they stay valid until they expire"));
    }
    saved.map(|_| login)
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
