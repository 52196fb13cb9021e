//! Ending what `genauth login` has begun.

use clap::ArgMatches;

use super::call::runtime;
use super::config;
use super::error::Result;
use super::login::say;

/// Forgets the login, and has the service do the same.
pub fn run(matches: &ArgMatches) -> Result<()> {
    config::refuse_sandbox(matches, "logout")?;
    let application = config::application(matches)?;
    let Some(tokens) = application.kept_login()?.forget()? else {
        say("nobody is logged in");
        return Ok(());
    };
    let revoked = runtime()?.block_on(application.client.revoke_tokens(&tokens));
    say(match revoked {
        Ok(()) => "logged out",
        Err(_) => "logged out here; the service could not be told, and takes the tokens until they expire",
    });
    Ok(revoked?)
}
