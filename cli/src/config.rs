//! The client's settings: from options, else environment variables, else a profile.

use std::env;
use std::sync::Arc;
use std::time::Duration;

use clap::ArgMatches;
use genauth::management::{AccessKeyAuthMethod, ManagementClientBuilder};
use genauth::sandbox::Sandbox;
use genauth::{AuthenticationClient, Brand, ClientAuthMethod, ClientBuilder, ManagementClient, Secret};

use super::config_file::{self, Profile};
use super::error::{CliError, Result};
use super::global_args::{
    ACCESS_TOKEN, APP_HOST, APP_ID, APP_SECRET, BRAND, EVENTS_HOST, KEY_AUTH, KEY_ID, KEY_SECRET, LANG,
    MANAGEMENT_HOST, Setting, TENANT_ID, TIMEOUT, TOKEN_ENDPOINT_AUTH_METHOD,
};
use super::secret_input;
use super::token_store::TokenStore;

/// The configured application.
pub struct Application {
    pub client: AuthenticationClient,
    /// Whether an access token is configured; the stored login is then not used.
    pub has_access_token: bool,
    token_store: Option<Arc<TokenStore>>,
}

impl Application {
    /// Where `genauth login` stores tokens.
    pub fn token_store(&self) -> Result<&Arc<TokenStore>> {
        let error = || CliError::with_hint("cannot store a login: no home directory", "set XDG_CONFIG_HOME");
        self.token_store.as_ref().ok_or_else(error)
    }

    /// The stored login, unless an access token is configured.
    pub fn login(&self) -> Option<&Arc<TokenStore>> {
        self.token_store.as_ref().filter(|_| !self.has_access_token)
    }

    /// Its client with the configured access token, or else the stored login's, or else none.
    pub async fn user_client(self) -> Result<AuthenticationClient> {
        let token = match self.login() {
            Some(login) => login.access_token(&self.client).await?,
            None => None,
        };
        Ok(match token {
            Some(token) => self.client.with_access_token(token),
            None => self.client,
        })
    }
}

pub fn application(matches: &ArgMatches) -> Result<Application> {
    let settings = Settings::new(matches)?;
    let (app_id, host) = (settings.required(&APP_ID)?, settings.required(&APP_HOST)?);
    let profile = settings.profile.as_ref().and_then(Profile::name);
    let token_store = TokenStore::new(profile, &app_id, &host).map(Arc::new);
    let mut builder = AuthenticationClient::builder().app_id(app_id).app_host(host);
    if let Some(secret) = settings.app_secret()? {
        builder = builder.app_secret(secret);
    }
    let token = settings.secret(&ACCESS_TOKEN)?;
    let has_access_token = token.is_some();
    if let Some(token) = token {
        builder = builder.access_token(token);
    }
    Ok(Application { client: settings.common(builder)?.build()?, has_access_token, token_store })
}

/// The client of the management API.
pub fn management_client(matches: &ArgMatches) -> Result<ManagementClient> {
    let settings = Settings::new(matches)?;
    let missing = || settings.required(&KEY_SECRET).map(Secret::from);
    let secret = settings.secret(&KEY_SECRET)?.map_or_else(missing, Ok)?;
    let mut builder = ManagementClient::builder().access_key_id(settings.required(&KEY_ID)?).access_key_secret(secret);
    if let Some(host) = settings.value(&MANAGEMENT_HOST)? {
        builder = builder.host(host);
    }
    settings.management(builder)
}

/// A client of the sandbox's management API.
pub fn management_sandbox_client(matches: &ArgMatches, sandbox: &Sandbox) -> Result<ManagementClient> {
    let settings = Settings { matches, profile: None, reads_env: false };
    settings.reject_with_sandbox(&[KEY_ID.option, KEY_SECRET.option, MANAGEMENT_HOST.option, "profile"])?;
    settings.management(sandbox.management_client_builder())
}

/// Rejects `--sandbox` for a command that needs a sandbox longer than one call.
pub fn reject_sandbox(matches: &ArgMatches, command: &str) -> Result<()> {
    match matches.get_flag("sandbox") {
        false => Ok(()),
        true => Err(CliError::with_hint(
            format!("{command} does not work with --sandbox, whose sandbox stops after one call"),
            "run `genauth sandbox`, and set the environment variables that it prints",
        )),
    }
}

/// A client of the sandbox, with a signed-in user. Environment and profiles are ignored: they are for the real service.
pub fn sandbox_client(
    matches: &ArgMatches,
    sandbox: &Sandbox,
    needs_access_token: bool,
) -> Result<AuthenticationClient> {
    let settings = Settings { matches, profile: None, reads_env: false };
    settings.reject_with_sandbox(&[
        APP_ID.option,
        APP_HOST.option,
        EVENTS_HOST.option,
        APP_SECRET.option,
        "profile",
    ])?;
    let mut builder = sandbox.client_builder();
    // Only where it is needed: the first signature of a process is slow.
    let issue = || needs_access_token.then(|| sandbox.issue_access_token().into());
    if let Some(token) = settings.secret(&ACCESS_TOKEN)?.or_else(issue) {
        builder = builder.access_token(token);
    }
    Ok(settings.common(builder)?.build()?)
}

struct Settings<'a> {
    matches: &'a ArgMatches,
    /// The last fallback for options; `None` for a sandbox.
    profile: Option<Profile>,
    /// Whether environment variables come before the profile. They do not where a profile is named on the command line:
    /// its secret must not go to the host of a variable that is left over.
    reads_env: bool,
}

/// Sets what the builders of both clients have.
macro_rules! set_shared {
    ($settings:ident, $builder:ident) => {
        if let Some(brand) = $settings.brand()? {
            $builder = $builder.brand(brand);
        }
        if let Some(host) = $settings.value(&EVENTS_HOST)? {
            $builder = $builder.events_host(host);
        }
        if let Some(lang) = $settings.value(&LANG)? {
            $builder = $builder.lang(lang);
        }
        if let Some(time) = $settings.timeout()? {
            $builder = $builder.timeout(time);
        }
    };
}

impl<'a> Settings<'a> {
    /// Those of the options, the environment and the profile.
    fn new(matches: &'a ArgMatches) -> Result<Self> {
        let given = matches.get_one::<String>("profile").cloned();
        let reads_env = given.is_none();
        let name = given.map_or_else(|| variable("GENAUTH_PROFILE"), |name| Ok(Some(name)))?;
        Ok(Self { matches, profile: Some(Profile::load(name.as_deref())?), reads_env })
    }

    fn reject_with_sandbox(&self, options: &[&str]) -> Result<()> {
        match options.iter().find(|option| self.matches.contains_id(option)) {
            Some(option) => {
                Err(CliError::usage(format!("--{option} cannot be used with --sandbox: remove one of them")))
            }
            None => Ok(()),
        }
    }

    fn management(&self, mut builder: ManagementClientBuilder) -> Result<ManagementClient> {
        let methods = [("bearer", AccessKeyAuthMethod::BearerToken), ("signature", AccessKeyAuthMethod::Signature)];
        if let Some(method) = self.one_of(&KEY_AUTH, &methods)? {
            builder = builder.access_key_auth_method(method);
        }
        if let Some(id) = self.value(&TENANT_ID)? {
            builder = builder.tenant_id(id);
        }
        set_shared!(self, builder);
        Ok(builder.build()?)
    }

    fn brand(&self) -> Result<Option<Brand>> {
        self.one_of(&BRAND, &[("genauth", Brand::GenAuth), ("authing", Brand::Authing)])
    }

    fn timeout(&self) -> Result<Option<Duration>> {
        let time = self.value(&TIMEOUT)?.map(|time| humantime::parse_duration(&time)).transpose();
        time.map_err(|error| {
            let message = format!("{}: not a duration: {error}", self.source(&TIMEOUT));
            CliError::with_hint(message, "write it as 5s or 500ms")
        })
    }

    fn common(&self, mut builder: ClientBuilder) -> Result<ClientBuilder> {
        set_shared!(self, builder);
        let methods = [
            ("client_secret_post", ClientAuthMethod::ClientSecretPost),
            ("client_secret_basic", ClientAuthMethod::ClientSecretBasic),
            ("none", ClientAuthMethod::None),
        ];
        if let Some(method) = self.one_of(&TOKEN_ENDPOINT_AUTH_METHOD, &methods)? {
            builder = builder.token_endpoint_auth_method(method);
        }
        Ok(builder)
    }

    fn value(&self, setting: &Setting) -> Result<Option<String>> {
        if let Some(value) = self.matches.get_one::<String>(setting.option) {
            return Ok(Some(value.clone()));
        }
        let value = if self.reads_env { variable(&setting.variable())? } else { None };
        let profile = self.profile.as_ref();
        Ok(value.or_else(|| profile.and_then(|profile| profile.get(&setting.key())).map(ToOwned::to_owned)))
    }

    fn required(&self, setting: &Setting) -> Result<String> {
        self.value(setting)?.ok_or_else(|| {
            let file = config_file::path().map_or_else(String::new, |path| format!(" in {}", path.display()));
            CliError::with_hint(
                format!("`{}` is not set", setting.key()),
                format!(
                    "give --{}, set {}, or add it to a profile{file}; --sandbox needs no settings",
                    setting.option,
                    setting.variable(),
                ),
            )
        })
    }

    /// A secret. Only an option may name a source, such as `env:NAME`.
    fn secret(&self, setting: &Setting) -> Result<Option<Secret>> {
        match self.matches.get_one::<String>(setting.option) {
            Some(given) => secret_input::secret(&format!("--{}", setting.option), given).map(Some),
            None => Ok(self.value(setting)?.map(Secret::from)),
        }
    }

    fn app_secret(&self) -> Result<Option<Secret>> {
        let secret = self.secret(&APP_SECRET)?;
        let file = self.profile.as_ref().and_then(Profile::secret_file);
        match (secret, file) {
            (None, Some(file)) => secret_input::secret_file(&file).map(Some),
            (secret, _) => Ok(secret),
        }
    }

    fn one_of<T: Copy>(&self, setting: &Setting, values: &[(&str, T)]) -> Result<Option<T>> {
        let Some(given) = self.value(setting)? else { return Ok(None) };
        match values.iter().find(|(name, _)| *name == given) {
            Some((_, value)) => Ok(Some(*value)),
            None => {
                let names: Vec<_> = values.iter().map(|(name, _)| *name).collect();
                let what = format!("{}: `{given}` is not one of {}", self.source(setting), names.join(", "));
                Err(CliError::usage(what))
            }
        }
    }

    /// Where a setting's value comes from.
    fn source(&self, setting: &Setting) -> String {
        if self.matches.contains_id(setting.option) {
            return format!("--{}", setting.option);
        }
        match env::var_os(setting.variable()) {
            Some(_) if self.reads_env => setting.variable(),
            _ => format!("`{}` in the profile", setting.key()),
        }
    }
}

/// An environment variable without line breaks at its end; an empty one counts as unset.
fn variable(name: &str) -> Result<Option<String>> {
    match env::var(name) {
        Ok(value) => {
            let value = value.trim_end_matches(['\r', '\n']).to_owned();
            if value.chars().any(|character| character.is_ascii_control()) {
                return Err(CliError::usage(format!("{name}: contains control characters: remove them")));
            }
            Ok(Some(value).filter(|value| !value.is_empty()))
        }
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => Err(CliError::usage(format!("{name}: not UTF-8: set it to valid UTF-8"))),
    }
}
