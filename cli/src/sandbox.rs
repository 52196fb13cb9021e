//! `genauth sandbox`: run a sandbox as a server.

use clap::ArgMatches;
use genauth::sandbox::Sandbox;

use super::error::{CliError, Result};
use super::{output, runtime, shutdown};

/// The phone number of the first phone code.
pub const PHONE_NUMBER: &str = "+8618812348888";

/// Prints environment variables, in a form that shells and `.env` files accept, and runs until it is asked to stop.
pub fn run(matches: &ArgMatches) -> Result<()> {
    let port = matches.get_one::<u16>("port").copied().unwrap_or_default();
    let failed = |error| {
        CliError::with_hint(format!("cannot start the sandbox on port {port}: {error}"), "choose another --port")
    };
    runtime::new()?.block_on(async {
        let sandbox = Sandbox::start_on(port).await.map_err(failed)?;
        let shutdown = shutdown::requested().map_err(CliError::usage)?;
        let authentication = match matches.get_flag("public-client") {
            true => {
                sandbox.make_client_public();
                ("GENAUTH_TOKEN_ENDPOINT_AUTH", "none".to_owned())
            }
            false => ("GENAUTH_APP_SECRET", sandbox.app_secret().to_owned()),
        };
        let variables = [
            ("GENAUTH_APP_HOST", sandbox.url()),
            ("GENAUTH_EVENTS_HOST", sandbox.events_url()),
            ("GENAUTH_APP_ID", sandbox.app_id().to_owned()),
            authentication,
            ("GENAUTH_ACCESS_TOKEN", sandbox.issue_access_token()),
            ("GENAUTH_PHONE_CODE", sandbox.issue_phone_code(PHONE_NUMBER)),
            ("GENAUTH_MANAGEMENT_HOST", sandbox.management_url()),
            ("GENAUTH_ACCESS_KEY_ID", sandbox.access_key_id().to_owned()),
            ("GENAUTH_ACCESS_KEY_SECRET", sandbox.access_key_secret().to_owned()),
        ];
        let lines: String = variables.iter().map(|(name, value)| format!("{name}={value}\n")).collect();
        output::write(lines.as_bytes())?;
        shutdown.await;
        Ok(())
    })
}
