//! Completion scripts and manual pages.

use clap::ArgMatches;
use clap_complete::Shell;
use clap_mangen::Man;

use super::api::{Api, MANAGEMENT};
use super::error::{CliError, Result};
use super::{cli, output, suggestion};

/// Prints a completion script.
pub fn completions(matches: &ArgMatches) -> Result<()> {
    let Some(shell) = matches.get_one::<Shell>("shell") else {
        return Err(CliError::usage("no shell is given: name one, such as bash"));
    };
    let mut script = Vec::new();
    clap_complete::generate(*shell, &mut cli::complete(), "genauth", &mut script);
    output::write(&script)
}

/// Prints a manual page.
pub fn man(matches: &ArgMatches) -> Result<()> {
    let mut root = cli::complete();
    root.build();
    let mut command = root;
    for name in matches.get_many::<String>("command").into_iter().flatten() {
        let api = if command.get_name() == MANAGEMENT { Api::Management } else { Api::Authentication };
        let found = command.find_subcommand(name).cloned().ok_or_else(|| suggestion::unknown_command(api, name))?;
        let display_name = format!("{}-{name}", command.get_display_name().unwrap_or(command.get_name()));
        command = found.display_name(display_name);
    }
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    output::write(&page)
}
