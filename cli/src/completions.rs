//! What a shell has of the command: completions and manual pages.

use clap::ArgMatches;
use clap_complete::Shell;
use clap_mangen::Man;

use super::cli::root;
use super::error::{CliError, Result};
use super::output;
use super::spec::Description;

/// Prints completions for a shell.
pub fn completions(description: &Description, matches: &ArgMatches) -> Result<()> {
    let Some(shell) = matches.get_one::<Shell>("shell") else { return Err(CliError::usage("no shell is named")) };
    let mut script = Vec::new();
    clap_complete::generate(*shell, &mut root(description, false), "genauth", &mut script);
    output::write(&script)
}

/// Prints a manual page.
pub fn man(description: &Description, matches: &ArgMatches) -> Result<()> {
    let mut root = root(description, false);
    root.build();
    let command = match matches.get_one::<String>("command") {
        None => root,
        Some(name) => {
            let command = root.find_subcommand(name).cloned();
            let command = command.ok_or_else(|| CliError::usage(format!("there is no command `{name}`")))?;
            command.display_name(format!("genauth-{name}"))
        }
    };
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    output::write(&page)
}
