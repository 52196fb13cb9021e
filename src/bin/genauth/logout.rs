//! Ending what `genauth login` has begun.

use clap::ArgMatches;
use genauth::AuthenticationClient;
use genauth::oidc::TokenSet;

use super::call::runtime;
use super::failure::Result;
use super::login::say;
use super::settings;

/// Forgets the login, and has the service do the same.
pub fn run(matches: &ArgMatches) -> Result<()> {
    settings::refuse_sandbox(matches, "logout")?;
    let application = settings::application(matches)?;
    let Some(tokens) = application.kept_login()?.forget()? else {
        say("nobody is logged in");
        return Ok(());
    };
    let revoked = runtime()?.block_on(revoke(&application.client, tokens));
    say(match revoked {
        Ok(()) => "logged out",
        Err(_) => "logged out here; the service could not be told, and takes the tokens until they expire",
    });
    Ok(revoked?)
}

/// The refresh token goes first: many services end with it all that came of the login.
async fn revoke(client: &AuthenticationClient, tokens: TokenSet) -> genauth::Result<()> {
    let refresh = match tokens.refresh_token {
        Some(token) => client.revoke_token(token).await,
        None => Ok(()),
    };
    client.revoke_token(tokens.access_token).await?;
    refresh
}
