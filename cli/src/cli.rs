//! The command line: global options, subcommands of its own, and one subcommand per operation.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command, value_parser};
use clap_complete::Shell;
use genauth::spec::ValueKind;

use super::api::{Api, MANAGEMENT};
use super::spec::{self, Operation};
use super::{config_file, field_args, global_args, login, secret_input};

const EVENTS: &str = "\
Print the events of a type as they arrive, as one line of JSON each, until Ctrl-C. Standard error reports when the \
connection is lost, and in which intervals events may be missing.";
const MANAGEMENT_EVENTS: &str = "\
Print the events of a type of the whole user pool as they arrive, as one line of JSON each, until Ctrl-C.";
const MANAGEMENT_HELP: &str = "\
Call an operation of the management API with an access key, from the user pool's settings in the console. `genauth \
list` lists the operations, `genauth describe management OPERATION` shows one.";
const LOGIN: &str = "\
Open the login page in the browser, and store the tokens for this profile, application and host in a file that only \
you can read. Later calls use them unless they are given an access token, and refresh them before they expire.

The login page redirects to http://127.0.0.1:PORT/callback, which must be one of the application's login callback URLs. \
Refreshing needs the scope `offline_access`, and an application that may use refresh tokens.";
const LOGOUT: &str = "Delete the stored login of this profile, application and host, and revoke its tokens.";
const SANDBOX: &str = "\
Run a sandbox, an emulator of the service, on a loopback port until Ctrl-C. It prints environment variables for the \
shell: its URLs, its application's credentials, the access token of a signed-in user, and a code of WeChat's phone \
button.";

/// The parser for these arguments. It has only the operations that are named in them, so that the start takes equally
/// long for any number of operations.
pub fn parser(arguments: &[OsString]) -> Command {
    // Help would show these operations, and not the others.
    let among = |api| spec::operations_among(api, arguments).map(|operation| subcommand(&operation).hide(true));
    let management = management().subcommands(among(Api::Management));
    root().subcommand(management).subcommands(among(Api::Authentication))
}

/// The command with every operation, for completions and manual pages.
pub fn complete() -> Command {
    let all = |api| spec::operations(api).map(|operation| subcommand(&operation));
    root().subcommand(management().subcommands(all(Api::Management))).subcommands(all(Api::Authentication))
}

/// The subcommand for the management API, without its operations.
fn management() -> Command {
    Command::new(MANAGEMENT)
        .about("Call the management API with an access key")
        .long_about(MANAGEMENT_HELP)
        .arg_required_else_help(true)
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .args(global_args::of_management())
        .subcommand(events(MANAGEMENT_EVENTS))
}

fn events(about: &'static str) -> Command {
    let event_type = Arg::new("event-type").value_name("EVENT_TYPE").required(true);
    let event_type = event_type.help("Print events of this type, such as user.updated");
    Command::new("events").about("Print events as they arrive").long_about(about).arg(event_type)
}

fn root() -> Command {
    Command::new("genauth")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Call the GenAuth identity service, or a sandbox that emulates it")
        .after_help(after_help())
        .arg_required_else_help(true)
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .args(global_args::all())
        .subcommands(own_subcommands())
}

fn own_subcommands() -> [Command; 9] {
    let tags = Api::ALL.iter().flat_map(|api| api.tags()).map(|tag| tag.name).collect::<Vec<_>>();
    let tag = Arg::new("tag").value_name("TAG").value_parser(tags).help("List only operations with this tag");
    let operation = Arg::new("operation")
        .value_name("OPERATION")
        .required(true)
        .help("Describe this operation, such as `get-profile` or `management create-user`");
    let operation = operation.num_args(1..=2);
    let management = Arg::new(MANAGEMENT).long(MANAGEMENT).action(ArgAction::SetTrue);
    let management = management.help("Print that of the management API");
    let yaml = Arg::new("yaml").long("yaml").action(ArgAction::SetTrue).help("Print YAML instead of JSON");
    let scope = Arg::new("scope").long("scope").value_name("SCOPE").default_value(login::SCOPE);
    let scope = scope.help("Request these scopes, separated by spaces; `openid` is required");
    let no_browser = Arg::new("no-browser").long("no-browser").action(ArgAction::SetTrue);
    let no_browser = no_browser.help("Print the login page's URL without opening a browser");
    let shell = Arg::new("shell").value_name("SHELL").required(true).value_parser(value_parser!(Shell));
    let command = Arg::new("command").value_name("COMMAND");
    let command = command.num_args(0..=2);
    let command = command.help("Print the page of this subcommand; without one, that of genauth itself");
    let public_client = Arg::new("public-client").long("public-client").action(ArgAction::SetTrue);
    let public_client = public_client.help("Make the application a public client, without a secret");
    [
        Command::new("list").about("List the operations").arg(tag),
        Command::new("describe").about("Show an operation's fields, response and examples").arg(operation),
        Command::new("openapi").about("Print the OpenAPI document").args([management, yaml]),
        events(EVENTS),
        Command::new("sandbox")
            .about("Run a sandbox of the service")
            .long_about(SANDBOX)
            .args([port("4010"), public_client]),
        Command::new("login").about("Log in with the browser and store the tokens").long_about(LOGIN).args([
            port("8976"),
            scope,
            no_browser,
        ]),
        Command::new("logout").about("Delete the stored login and revoke its tokens").long_about(LOGOUT),
        Command::new("completions").about("Print a completion script for a shell").arg(shell),
        Command::new("man").about("Print a manual page").arg(command),
    ]
}

fn port(default: &'static str) -> Arg {
    let port = Arg::new("port").long("port").value_name("PORT").default_value(default);
    port.value_parser(value_parser!(u16)).help("Listen on this loopback port; 0 means any free one")
}

fn subcommand(operation: &Operation) -> Command {
    let (name, command, summary) = (operation.name(), operation.command(), operation.spec.summary);
    let mut after = format!("`genauth describe {command}` shows an example and the response.");
    if operation.fields().iter().any(|field| matches!(field.value, ValueKind::Secret | ValueKind::Json)) {
        after = format!("{after}\n\n{}", secret_input::HELP);
    }
    let command = Command::new(name)
        .about(summary)
        .long_about(format!("{}.\n\n{}", summary.trim_end_matches('.'), operation.description()))
        .after_help(after)
        .arg(field_args::json())
        .args(field_args::all(operation));
    if operation.spec.deprecated { command.before_help("Deprecated.") } else { command }
}

fn after_help() -> String {
    let file = config_file::path().map_or_else(String::new, |path| format!(" ({})", path.display()));
    format!(
        "Every operation is a subcommand, too, of `genauth` or of `genauth management`: `genauth list` lists them, \
         `genauth describe OPERATION` shows one.\n\n\
         An option that is not given is read from its environment variable, or else from a profile in the configuration \
         file{file}. The file has `default_profile = \"NAME\"` and tables `[profiles.NAME]`, whose keys are the \
         options with underscores, and `app_secret_file`. A file with an `app_secret` or an `access_key_secret` must be readable by its owner \
         only.\n\n{}\n\n\
         Exit status: 0 success, 1 rejected by the service, 2 incorrect usage, 3 no valid response or \
         failed output.",
        secret_input::HELP,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command_name;

    #[test]
    fn own_subcommands_have_the_reserved_names() {
        let names = own_subcommands().into_iter().chain([management()]);
        let mut names: Vec<_> = names.map(|command| command.get_name().to_owned()).collect();
        names.sort();
        assert_eq!(names, command_name::OWN);
    }

    #[test]
    fn every_operation_makes_a_valid_subcommand() {
        complete().debug_assert();
    }

    #[test]
    fn parser_has_only_the_operations_among_its_arguments() {
        let operation = spec::operations(Api::Authentication).last().unwrap().name();
        let parser = parser(&["genauth".into(), "--lang".into(), "en-US".into(), operation.clone().into()]);
        let names = parser.get_subcommands().map(Command::get_name).skip(command_name::OWN.len());
        assert_eq!(names.collect::<Vec<_>>(), [operation]);
    }
}
