//! The options that every command has.

use std::sync::LazyLock;

use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, ValueEnum, value_parser};

static ALL: LazyLock<Vec<Arg>> = LazyLock::new(|| {
    let connection = SETTINGS.iter().map(|setting| {
        let variable = setting.variable();
        let arg = Arg::new(setting.option).long(setting.option).value_name(setting.value_name);
        arg.help(format!("{} [{variable}]", setting.help)).help_heading("Connection")
    });
    let profile = Arg::new("profile")
        .long("profile")
        .value_name("NAME")
        .help("The profile of the configuration file to use [GENAUTH_PROFILE]");
    let sandbox = Arg::new("sandbox")
        .long("sandbox")
        .action(ArgAction::SetTrue)
        .help("Call a sandbox of its own, as a signed-in user; variables and profiles are left aside");
    let output = Arg::new("output")
        .long("output")
        .value_name("FORMAT")
        .value_parser(value_parser!(Format))
        .help("How to print the answer; json prints errors as JSON, too");
    let envelope = Arg::new("envelope")
        .long("envelope")
        .action(ArgAction::SetTrue)
        .help("Print the whole answer, a refusal too, and not only its data");
    let verbose = Arg::new("verbose")
        .short('v')
        .long("verbose")
        .action(ArgAction::SetTrue)
        .help("Trace calls on standard error, secrets left out");
    let connection = connection.chain([profile, sandbox].map(|arg| arg.help_heading("Connection")));
    let output = [output, envelope, verbose].map(|arg| arg.help_heading("Output"));
    connection.chain(output).map(|arg| arg.global(true)).collect()
});

/// How an answer is printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Json,
    Pretty,
    Table,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Json, Self::Pretty, Self::Table]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Json => PossibleValue::new("json").help("JSON on one line"),
            Self::Pretty => PossibleValue::new("pretty").help("JSON on many lines"),
            Self::Table => PossibleValue::new("table").help("A table"),
        })
    }
}

/// A setting of the client: an option, a variable, and a key of a profile, by the same name.
pub struct Setting {
    pub option: &'static str,
    value_name: &'static str,
    help: &'static str,
}

impl Setting {
    /// The environment variable.
    pub fn variable(&self) -> String {
        format!("GENAUTH_{}", self.key().to_uppercase())
    }

    /// The key in a profile.
    pub fn key(&self) -> String {
        self.option.replace('-', "_")
    }
}

const fn setting(option: &'static str, value_name: &'static str, help: &'static str) -> Setting {
    Setting { option, value_name, help }
}

pub const APP_ID: Setting = setting("app-id", "ID", "The application's id");
pub const APP_HOST: Setting = setting("app-host", "URL", "The application's own host");
pub const EVENTS_HOST: Setting =
    setting("events-host", "URL", "The host that events come from; the brand's own unless set");
pub const APP_SECRET: Setting = setting("app-secret", "SECRET", "The application's secret");
pub const ACCESS_TOKEN: Setting = setting("access-token", "SECRET", "The access token of the user to call for");
pub const BRAND: Setting = setting("brand", "BRAND", "The brand of the host: genauth or authing");
pub const LANG: Setting = setting("lang", "LANGUAGE", "The language of messages, such as en-US");
pub const TIMEOUT: Setting = setting("timeout", "TIME", "The time for a whole call, such as 5s");
pub const TOKEN_ENDPOINT_AUTH_METHOD: Setting = setting(
    "token-endpoint-auth-method",
    "METHOD",
    "How the secret is sent: client_secret_post, client_secret_basic or none",
);

pub const SETTINGS: [Setting; 9] =
    [APP_ID, APP_HOST, EVENTS_HOST, APP_SECRET, ACCESS_TOKEN, BRAND, LANG, TIMEOUT, TOKEN_ENDPOINT_AUTH_METHOD];

pub fn all() -> Vec<Arg> {
    ALL.clone()
}

/// Whether an option of every command has this name.
pub fn is_taken(name: &str) -> bool {
    ["help", "json", "version"].contains(&name) || ALL.iter().any(|arg| arg.get_long() == Some(name))
}
