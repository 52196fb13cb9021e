//! `genauth logout`: delete the stored login, and revoke its tokens.

use clap::ArgMatches;

use super::error::Result;
use super::terminal::notify;
use super::{config, runtime};

/// Deletes first, so that the login is gone even if the service is unreachable.
pub fn run(matches: &ArgMatches) -> Result<()> {
    config::reject_sandbox(matches, "logout")?;
    let application = config::application(matches)?;
    let Some(tokens) = application.token_store()?.delete()? else {
        notify("not logged in");
        return Ok(());
    };
    let revoked = runtime::new()?.block_on(application.client.revoke_tokens(&tokens));
    notify(match revoked {
        Ok(()) => "logged out",
        Err(_) => "deleted the login, but failed to revoke its tokens; they stay valid until they expire",
    });
    Ok(revoked?)
}
