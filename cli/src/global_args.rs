//! The options that every subcommand has.

use std::sync::LazyLock;

use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, ValueEnum, value_parser};

static ALL: LazyLock<Vec<Arg>> = LazyLock::new(|| {
    let settings = SETTINGS.iter().map(arg);
    let profile = Arg::new("profile")
        .long("profile")
        .value_name("NAME")
        .help("Use this profile of the configuration file [GENAUTH_PROFILE]");
    let sandbox = Arg::new("sandbox")
        .long("sandbox")
        .action(ArgAction::SetTrue)
        .help("Start a temporary sandbox and call it as a signed-in user; ignore environment and profiles");
    let output = Arg::new("output")
        .long("output")
        .value_name("FORMAT")
        .value_parser(value_parser!(Format))
        .help("Print in this format; json applies to errors, too");
    let envelope = Arg::new("envelope")
        .long("envelope")
        .action(ArgAction::SetTrue)
        .help("Print the full response, even of a rejected call, instead of only its data");
    let verbose = Arg::new("verbose")
        .short('v')
        .long("verbose")
        .action(ArgAction::SetTrue)
        .help("Trace calls on standard error, without secrets");
    let connection = settings.chain([profile, sandbox]).map(|arg| arg.help_heading("Connection"));
    let output = [output, envelope, verbose].map(|arg| arg.help_heading("Output"));
    connection.chain(output).map(|arg| arg.global(true)).collect()
});

/// An output format.
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
            Self::Pretty => PossibleValue::new("pretty").help("Indented JSON"),
            Self::Table => PossibleValue::new("table").help("A table"),
        })
    }
}

/// A setting of the client: an option, an environment variable, and a key of a profile.
pub struct Setting {
    pub option: &'static str,
    key: Option<&'static str>,
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
        self.key.map_or_else(|| self.option.replace('-', "_"), ToOwned::to_owned)
    }
}

const fn setting(option: &'static str, value_name: &'static str, help: &'static str) -> Setting {
    Setting { option, key: None, value_name, help }
}

/// A setting of the management API; operations have fields with the names that it has elsewhere.
const fn management(option: &'static str, key: &'static str, value_name: &'static str, help: &'static str) -> Setting {
    Setting { option, key: Some(key), value_name, help }
}

pub const APP_ID: Setting = setting("app-id", "ID", "Set the application's id");
pub const APP_HOST: Setting = setting("app-host", "URL", "Set the application's base URL");
pub const EVENTS_HOST: Setting =
    setting("events-host", "URL", "Set the base URL of the event stream; the default is the brand's");
pub const APP_SECRET: Setting = setting("app-secret", "SECRET", "Set the application's secret");
pub const ACCESS_TOKEN: Setting = setting("access-token", "SECRET", "Act for the user with this access token");
pub const BRAND: Setting = setting("brand", "BRAND", "Set the service's brand: genauth or authing");
pub const LANG: Setting = setting("lang", "LANGUAGE", "Request messages in this language, such as en-US");
pub const TIMEOUT: Setting = setting("timeout", "DURATION", "Set the timeout of the whole call, such as 5s");
pub const TOKEN_ENDPOINT_AUTH_METHOD: Setting = setting(
    "token-endpoint-auth-method",
    "METHOD",
    "Authenticate the application by client_secret_post, client_secret_basic or none",
);

pub static SETTINGS: [Setting; 9] =
    [APP_ID, APP_HOST, EVENTS_HOST, APP_SECRET, ACCESS_TOKEN, BRAND, LANG, TIMEOUT, TOKEN_ENDPOINT_AUTH_METHOD];

pub const KEY_ID: Setting = management("key-id", "access_key_id", "ID", "Set the access key's ID");
pub const KEY_SECRET: Setting = management("key-secret", "access_key_secret", "SECRET", "Set the access key's secret");
pub const KEY_AUTH: Setting = management(
    "key-auth",
    "access_key_auth",
    "METHOD",
    "Authenticate with the key by bearer, which fetches an access token, or by signature",
);
pub const MANAGEMENT_HOST: Setting = management(
    "management-host",
    "management_host",
    "URL",
    "Set the base URL of the management API; the default is the brand's",
);
pub const TENANT_ID: Setting = management("for-tenant", "tenant_id", "ID", "Work on this tenant of the user pool");

/// The settings of `genauth management` beside the others.
pub static MANAGEMENT_SETTINGS: [Setting; 5] = [KEY_ID, KEY_SECRET, KEY_AUTH, MANAGEMENT_HOST, TENANT_ID];

pub fn all() -> Vec<Arg> {
    ALL.clone()
}

/// The options of every subcommand of `genauth management`.
pub fn of_management() -> impl Iterator<Item = Arg> {
    MANAGEMENT_SETTINGS.iter().map(|setting| arg(setting).help_heading("Access key").global(true))
}

fn arg(setting: &'static Setting) -> Arg {
    let help = format!("{} [{}]", setting.help, setting.variable());
    Arg::new(setting.option).long(setting.option).value_name(setting.value_name).help(help)
}

/// Whether every subcommand has an option of this name.
pub fn is_taken(name: &str) -> bool {
    let is_setting = MANAGEMENT_SETTINGS.iter().any(|setting| setting.option == name);
    is_setting || ["help", "json", "version"].contains(&name) || ALL.iter().any(|arg| arg.get_long() == Some(name))
}
