//! The commands: some of their own, and one for each operation.

use clap::{Arg, ArgAction, Command, value_parser};
use clap_complete::Shell;

use super::spec::{Description, Kind, Operation};
use super::{config_file, field_args, global_args, login, secret_input};

const LOGIN: &str = "\
Opens the service's login page in the browser, and keeps the tokens that come of it, for this profile, application and \
host, in a file that only you can read. Calls use them where no access token is given, and renew them.

The browser comes back to http://127.0.0.1:PORT/callback, which has to be among the application's login callback \
addresses. To be renewed, a login takes the scope `offline_access`, and an application that may use refresh tokens.";
const ABOUT: &str = "Calls the GenAuth identity service, or a sandbox of it";

/// The whole command. With `brief`, its help leaves out the operations, of which there are many.
pub fn root(description: &Description, brief: bool) -> Command {
    let operations = description.operations().map(|operation| self::operation(&operation).hide(brief));
    Command::new("genauth")
        .version(env!("CARGO_PKG_VERSION"))
        .about(ABOUT)
        .after_help(after_help())
        .arg_required_else_help(true)
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .args(global_args::all())
        .subcommands(own(description))
        .subcommands(operations)
}

/// Whether a command that is no operation has this name.
pub fn is_taken(name: &str) -> bool {
    ["completions", "describe", "events", "list", "login", "logout", "man", "openapi", "sandbox"].contains(&name)
}

fn own(description: &Description) -> [Command; 9] {
    let shell = Arg::new("shell").value_name("SHELL").required(true).value_parser(value_parser!(Shell));
    let tags: Vec<String> = description.tags().map(ToOwned::to_owned).collect();
    let tag = Arg::new("tag").value_name("TAG").help("Only those of this group").value_parser(tags);
    let operation = Arg::new("operation").value_name("OPERATION").required(true).help("The operation's name");
    let command = Arg::new("command").value_name("COMMAND").help("The command whose page to print");
    let port = |usual: &'static str| {
        let port = Arg::new("port").long("port").value_name("PORT").default_value(usual);
        port.value_parser(value_parser!(u16)).help("The port on loopback; 0 takes a free one")
    };
    let scope = Arg::new("scope").long("scope").value_name("SCOPE").default_value(login::SCOPE);
    let scope = scope.help("What the login is to be good for; `openid` has to be in it");
    let no_browser = Arg::new("no-browser").long("no-browser").action(ArgAction::SetTrue);
    let no_browser = no_browser.help("Only print the address, for a browser that you open yourself");
    let code = Arg::new("code").value_name("CODE").required(true).help("The event's code, such as user.updated");
    let yaml = Arg::new("yaml").long("yaml").action(ArgAction::SetTrue).help("In YAML, not JSON");
    [
        Command::new("list").about("List the operations").arg(tag),
        Command::new("describe").about("Show what an operation takes and answers").arg(operation),
        Command::new("openapi").about("Print the OpenAPI document that all this is made from").arg(yaml),
        Command::new("events")
            .about("Print events as they come, until it is stopped")
            .long_about(
                "Prints the events of a code as they come, a line of JSON each, until Ctrl-C. Standard error tells when \
                 the line is lost, and from when to when events may be missing.",
            )
            .arg(code),
        Command::new("sandbox")
            .about("Run a sandbox of the service until it is stopped")
            .long_about(
                "Runs a sandbox of the service on loopback until Ctrl-C. Its lines on standard output are variables \
                 for a shell: its address, its application's credentials, a signed-in user's access token, and a code \
                 of WeChat's phone button.",
            )
            .arg(port("4010")),
        Command::new("login").about("Log in with the browser, for the calls after it").long_about(LOGIN).args([
            port("8976"),
            scope,
            no_browser,
        ]),
        Command::new("logout").about("End a login").long_about(
            "Deletes the login of this profile, application and host, and has the service revoke its tokens.",
        ),
        Command::new("completions").about("Print completions for a shell").arg(shell),
        Command::new("man").about("Print a manual page").arg(command),
    ]
}

fn operation(operation: &Operation) -> Command {
    let name = operation.name();
    let mut command = Command::new(name.clone())
        .about(operation.summary().to_owned())
        .long_about(format!("{}.\n\n{}", operation.summary().trim_end_matches('.'), operation.description()))
        .arg(field_args::json())
        .args(field_args::of(operation));
    let mut after = format!("`genauth describe {name}` shows an example and the answer.");
    if operation.fields().iter().any(|field| matches!(field.kind, Kind::Secret | Kind::Json)) {
        after = format!("{after}\n\n{}", secret_input::HELP);
    }
    if operation.spec["deprecated"] == true {
        command = command.before_help("Deprecated.");
    }
    command.after_help(after)
}

fn after_help() -> String {
    let file = config_file::path().map_or_else(String::new, |path| format!(" ({})", path.display()));
    format!(
        "Every operation is a command, too: `genauth list` shows them, `genauth describe OPERATION` one of them.\n\n\
         What an option does not say comes from its variable, and else from a profile of the configuration file{file}: \
         `default_profile = \"NAME\"`, and under `[profiles.NAME]` the options' names with underscores, or \
         `app_secret_file`. A file with an `app_secret` is refused if others than its owner may read it.\n\n{}\n\n\
         Exit status: 0 success, 1 the API said no, 2 wrong usage, 3 no answer.",
        secret_input::HELP,
    )
}
