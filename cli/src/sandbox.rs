//! A sandbox as a server of its own.

use clap::ArgMatches;
use genauth::sandbox::Sandbox;

use super::call::runtime;
use super::error::{CliError, Result};
use super::{output, shutdown};

/// The number behind the first phone code.
pub const PHONE_NUMBER: &str = "+8618812348888";

/// Runs a sandbox until it is told to stop. What it prints are variables: a shell or an `.env` file takes them.
pub fn run(matches: &ArgMatches) -> Result<()> {
    let port = matches.get_one::<u16>("port").copied().unwrap_or_default();
    runtime()?.block_on(async {
        let failed =
            |error| CliError::with_hint(format!("no sandbox on port {port}: {error}"), "choose another --port");
        let sandbox = Sandbox::start_on(port).await.map_err(failed)?;
        let stop = shutdown::requested().map_err(failed)?;
        let code = sandbox.issue_phone_code(PHONE_NUMBER);
        let lines = [
            ("GENAUTH_APP_HOST", sandbox.url()),
            ("GENAUTH_EVENTS_HOST", sandbox.events_url()),
            ("GENAUTH_APP_ID", sandbox.app_id().to_owned()),
            ("GENAUTH_APP_SECRET", sandbox.app_secret().to_owned()),
            ("GENAUTH_ACCESS_TOKEN", sandbox.issue_access_token()),
            ("GENAUTH_PHONE_CODE", code),
        ];
        let lines: String = lines.iter().map(|(name, value)| format!("{name}={value}\n")).collect();
        output::write(lines.as_bytes())?;
        stop.await;
        Ok(())
    })
}
