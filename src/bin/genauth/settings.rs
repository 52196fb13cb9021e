//! What the client is set up with: from options, else variables, else a profile.

use std::{env, fs};

use clap::ArgMatches;
use genauth::sandbox::Sandbox;
use genauth::{AuthenticationClient, Brand, ClientBuilder, Secret, TokenEndpointAuth};

use super::failure::{Failure, Result};
use super::options::{
    ACCESS_TOKEN, APP_HOST, APP_ID, APP_SECRET, BRAND, EVENTS_HOST, LANG, Setting, TIMEOUT, TOKEN_ENDPOINT_AUTH,
};
use super::profiles::{self, Profile};
use super::source;

/// A client of the application that is configured.
pub fn client(matches: &ArgMatches) -> Result<AuthenticationClient> {
    let name = match matches.get_one::<String>("profile") {
        Some(name) => Some(name.clone()),
        None => variable("GENAUTH_PROFILE")?,
    };
    let settings = Settings { matches, surroundings: Some(Profile::load(name.as_deref())?) };
    let mut builder =
        AuthenticationClient::builder().app_id(settings.required(&APP_ID)?).app_host(settings.required(&APP_HOST)?);
    if let Some(secret) = settings.app_secret()? {
        builder = builder.app_secret(secret);
    }
    if let Some(token) = settings.secret(&ACCESS_TOKEN)? {
        builder = builder.access_token(token);
    }
    Ok(settings.common(builder)?.build()?)
}

/// A client of the sandbox, signed in there. Only options count: what is set for the real service is not for it.
pub fn sandbox_client(matches: &ArgMatches, sandbox: &Sandbox) -> Result<AuthenticationClient> {
    let settings = Settings { matches, surroundings: None };
    let of_the_real_one = [APP_ID.option, APP_HOST.option, EVENTS_HOST.option, APP_SECRET.option, "profile"];
    if let Some(option) = of_the_real_one.into_iter().find(|option| matches.contains_id(option)) {
        return Err(Failure::usage(format!("--{option} is not for a sandbox: leave it or --sandbox out")));
    }
    let token = settings.secret(&ACCESS_TOKEN)?.unwrap_or_else(|| sandbox.issue_access_token().into());
    Ok(settings.common(sandbox.client_builder().access_token(token))?.build()?)
}

struct Settings<'a> {
    matches: &'a ArgMatches,
    /// The profile behind the variables; without one, options alone count.
    surroundings: Option<Profile>,
}

impl Settings<'_> {
    fn common(&self, mut builder: ClientBuilder) -> Result<ClientBuilder> {
        if let Some(brand) = self.one_of(&BRAND, &[("genauth", Brand::GenAuth), ("authing", Brand::Authing)])? {
            builder = builder.brand(brand);
        }
        let methods = [
            ("client_secret_post", TokenEndpointAuth::ClientSecretPost),
            ("client_secret_basic", TokenEndpointAuth::ClientSecretBasic),
            ("none", TokenEndpointAuth::None),
        ];
        if let Some(method) = self.one_of(&TOKEN_ENDPOINT_AUTH, &methods)? {
            builder = builder.token_endpoint_auth(method);
        }
        if let Some(host) = self.value(&EVENTS_HOST)? {
            builder = builder.events_host(host);
        }
        if let Some(lang) = self.value(&LANG)? {
            builder = builder.lang(lang);
        }
        if let Some(time) = self.value(&TIMEOUT)? {
            let time = humantime::parse_duration(&time).map_err(|error| {
                Failure::with_hint(format!("{}: {error}", self.place(&TIMEOUT)), "write it as 5s or 500ms")
            })?;
            builder = builder.timeout(time);
        }
        Ok(builder)
    }

    fn value(&self, setting: &Setting) -> Result<Option<String>> {
        if let Some(value) = self.matches.get_one::<String>(setting.option) {
            return Ok(Some(value.clone()));
        }
        let Some(profile) = &self.surroundings else { return Ok(None) };
        let value = variable(&setting.variable())?;
        Ok(value.or_else(|| profile.get(&setting.key()).map(ToOwned::to_owned)))
    }

    fn required(&self, setting: &Setting) -> Result<String> {
        self.value(setting)?.ok_or_else(|| {
            let file = profiles::path().map_or_else(String::new, |path| format!(" of {}", path.display()));
            Failure::with_hint(
                format!("no `{}` is set", setting.key()),
                format!(
                    "give --{}, or {}, or set it in a profile{file}; --sandbox needs none",
                    setting.option,
                    setting.variable(),
                ),
            )
        })
    }

    /// A secret: what stands for it if it is an option, itself elsewhere.
    fn secret(&self, setting: &Setting) -> Result<Option<Secret>> {
        match self.matches.get_one::<String>(setting.option) {
            Some(given) => source::secret(&format!("--{}", setting.option), given).map(Some),
            None => Ok(self.value(setting)?.map(Secret::from)),
        }
    }

    fn app_secret(&self) -> Result<Option<Secret>> {
        let secret = self.secret(&APP_SECRET)?;
        let file = self.surroundings.as_ref().and_then(Profile::secret_file);
        match (secret, file) {
            (None, Some(file)) => {
                let text = fs::read_to_string(&file);
                let text = text.map_err(|error| Failure::usage(format!("{}: {error}", file.display())))?;
                Ok(Some(text.trim_end_matches(['\r', '\n']).into()))
            }
            (secret, _) => Ok(secret),
        }
    }

    fn one_of<T: Copy>(&self, setting: &Setting, values: &[(&str, T)]) -> Result<Option<T>> {
        let Some(given) = self.value(setting)? else { return Ok(None) };
        match values.iter().find(|(name, _)| *name == given) {
            Some((_, value)) => Ok(Some(*value)),
            None => {
                let names: Vec<_> = values.iter().map(|(name, _)| *name).collect();
                let what = format!("{}: `{given}` is none of {}", self.place(setting), names.join(", "));
                Err(Failure::usage(what))
            }
        }
    }

    /// Where a setting's value came from.
    fn place(&self, setting: &Setting) -> String {
        if self.matches.contains_id(setting.option) {
            return format!("--{}", setting.option);
        }
        match env::var_os(setting.variable()) {
            Some(_) => setting.variable(),
            None => format!("`{}` in the profile", setting.key()),
        }
    }
}

/// A variable; an empty one is as good as none.
fn variable(name: &str) -> Result<Option<String>> {
    match env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => Err(Failure::usage(format!("{name}: not UTF-8"))),
    }
}
