//! Logging in by the browser.

use std::io::Write;
use std::time::Duration;

use axum::http::StatusCode;
use clap::ArgMatches;
use genauth::oidc::{AuthorizationRequest, Login};
use genauth::{AuthenticationClient, Error};
use serde_json::{Map, Value};
use tokio::time::timeout;

use super::call::runtime;
use super::error::{CliError, Result};
use super::global_args::Format;
use super::redirect_server::{Callback, Callbacks};
use super::token_store::KeptLogin;
use super::{config, output};

/// With `offline_access`, the login can outlive its first access token.
pub const SCOPE: &str = "openid profile email phone address offline_access";
/// The time that the user has.
const LIMIT: Duration = Duration::from_secs(300);

/// Waits until somebody has logged in, keeps that, and prints who it is.
pub fn run(matches: &ArgMatches) -> Result<()> {
    config::refuse_sandbox(matches, "login")?;
    let application = config::application(matches)?;
    if application.has_access_token {
        say("note: an access token is given, and calls go by that before they go by a login");
    }
    let login = runtime()?.block_on(log_in(&application.client, application.kept_login()?, matches))?;
    output::print(&user(&login), matches, Format::Table)
}

async fn log_in(client: &AuthenticationClient, kept: &KeptLogin, matches: &ArgMatches) -> Result<Login> {
    let port = matches.get_one::<u16>("port").copied().unwrap_or_default();
    let mut callbacks = Callbacks::on(port).await.map_err(|error| {
        let hint = "choose another --port, one that is among the application's login callback addresses";
        CliError::with_hint(format!("nobody can come back to port {port}: {error}"), hint)
    })?;
    let mut request = client.authorization_request(&callbacks.address)?;
    if let Some(scope) = matches.get_one::<String>("scope") {
        request = request.scope(scope);
    }
    let address = request.to_url(client)?;
    say(&format!("To log in, open\n\n{address}\n\nThe browser comes back to {}. Ctrl-C gives up.", callbacks.address));
    if !matches.get_flag("no-browser") {
        // Where it cannot be opened, the address stands above.
        let _ = open::that_detached(address.as_str());
    }
    let outcome = timeout(LIMIT, finish(client, &request, kept, &mut callbacks)).await;
    callbacks.stop().await;
    outcome.unwrap_or_else(|_| Err(CliError::usage("nobody has logged in within five minutes")))
}

/// Takes callbacks until one answers the request: the browser may be sent here by anybody's page.
async fn finish(
    client: &AuthenticationClient,
    request: &AuthorizationRequest,
    kept: &KeptLogin,
    callbacks: &mut Callbacks,
) -> Result<Login> {
    loop {
        let callback: Callback = callbacks.next().await;
        match client.handle_callback(request, &callback.query).await {
            Err(Error::Callback(error)) => {
                say(&format!("{error}. Still waiting for the right one."));
                callback.answer((StatusCode::BAD_REQUEST, "This does not belong to the login that is going on.\n"));
            }
            outcome => {
                let outcome = outcome.map_err(CliError::from);
                let outcome = outcome.and_then(|login| kept.keep(&login.tokens).map(|()| login));
                callback.answer(match &outcome {
                    Ok(_) => (StatusCode::OK, "You are logged in. This page can be closed.\n"),
                    Err(_) => (StatusCode::BAD_REQUEST, "You are not logged in. The terminal says why.\n"),
                });
                return outcome;
            }
        }
    }
}

/// Who has logged in, as far as the scope tells.
fn user(login: &Login) -> Value {
    let user = &login.claims.user;
    let named =
        [("userId", Some(&user.sub)), ("username", user.preferred_username.as_ref()), ("name", user.name.as_ref())];
    let scope = [("scope", login.tokens.scope.as_ref())];
    let members =
        named.into_iter().chain(scope).filter_map(|(name, value)| Some((name.to_owned(), value?.clone().into())));
    Value::Object(members.collect::<Map<_, _>>())
}

/// Tells who waits, on standard error.
pub fn say(text: &str) {
    // Where nobody listens, the exit status says how it ended.
    let _ = writeln!(anstream::stderr(), "{}", super::error::printable(text));
}
