//! Completion scripts and manual pages.

use clap::ArgMatches;
use clap_complete::Shell;
use clap_mangen::Man;

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
    let command = match matches.get_one::<String>("command") {
        None => root,
        Some(name) => {
            let command = root.find_subcommand(name).cloned();
            let command = command.ok_or_else(|| suggestion::unknown_command(name))?;
            command.display_name(format!("genauth-{name}"))
        }
    };
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    output::write(&page)
}
