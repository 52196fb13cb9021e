//! Ending what `genauth login` has begun.

use clap::ArgMatches;

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
    let revoked = runtime()?.block_on(application.client.revoke_tokens(&tokens));
    say(match revoked {
        Ok(()) => "logged out",
        Err(_) => "logged out here; the service could not be told, and takes the tokens until they expire",
    });
    Ok(revoked?)
}
