//! Settings from environment variables.

use std::env;
use std::time::Duration;

use crate::client::shared_settings::SharedSettings;
use crate::client::{Brand, ClientAuthMethod, ClientBuilder};
use crate::error::ConfigError;
use crate::{AuthenticationClient, Result};

/// A builder with the settings of the environment.
pub fn builder() -> Result<ClientBuilder> {
    let mut builder =
        AuthenticationClient::builder().app_id(required("GENAUTH_APP_ID")?).app_host(required("GENAUTH_APP_HOST")?);
    if let Some(secret) = variable("GENAUTH_APP_SECRET")? {
        builder = builder.app_secret(secret);
    }
    if let Some(token) = variable("GENAUTH_ACCESS_TOKEN")? {
        builder = builder.access_token(token);
    }
    builder.shared = shared_settings()?;
    let methods = [
        ("client_secret_post", ClientAuthMethod::ClientSecretPost),
        ("client_secret_basic", ClientAuthMethod::ClientSecretBasic),
        ("none", ClientAuthMethod::None),
    ];
    if let Some(method) = one_of("GENAUTH_TOKEN_ENDPOINT_AUTH", &methods)? {
        builder = builder.token_endpoint_auth_method(method);
    }
    Ok(builder)
}

/// The settings that every client has.
pub(crate) fn shared_settings() -> Result<SharedSettings, ConfigError> {
    let brands = [("genauth", Brand::GenAuth), ("authing", Brand::Authing)];
    Ok(SharedSettings {
        lang: variable("GENAUTH_LANG")?,
        brand: one_of("GENAUTH_BRAND", &brands)?,
        #[cfg(feature = "events")]
        events_host: variable("GENAUTH_EVENTS_HOST")?,
        timeout: timeout("GENAUTH_TIMEOUT")?,
        ..SharedSettings::default()
    })
}

pub(crate) fn required(name: &str) -> Result<String, ConfigError> {
    variable(name)?.ok_or_else(|| ConfigError::new(format!("missing environment variable `{name}`"), "set it"))
}

/// The value without line breaks at its end, which files and command substitutions leave there.
pub(crate) fn variable(name: &str) -> Result<Option<String>, ConfigError> {
    let invalid = |what, help| ConfigError::new(format!("environment variable `{name}` {what}"), help);
    let value = match env::var(name) {
        Ok(value) => value.trim_end_matches(['\r', '\n']).to_owned(),
        Err(env::VarError::NotPresent) => return Ok(None),
        Err(env::VarError::NotUnicode(_)) => return Err(invalid("is not UTF-8", "set it to valid UTF-8")),
    };
    if value.chars().any(|character| character.is_ascii_control()) {
        return Err(invalid("contains control characters", "remove them, line breaks for example"));
    }
    Ok(Some(value).filter(|value| !value.is_empty()))
}

pub(crate) fn one_of<T: Copy>(name: &str, values: &[(&str, T)]) -> Result<Option<T>, ConfigError> {
    let Some(given) = variable(name)? else { return Ok(None) };
    match values.iter().find(|(value, _)| *value == given) {
        Some((_, value)) => Ok(Some(*value)),
        None => {
            let names: Vec<_> = values.iter().map(|(value, _)| *value).collect();
            let help = format!("use one of {}", names.join(", "));
            Err(ConfigError::new(format!("environment variable `{name}` has an unknown value"), help))
        }
    }
}

fn timeout(name: &str) -> Result<Option<Duration>, ConfigError> {
    let Some(given) = variable(name)? else { return Ok(None) };
    let timeout = humantime::parse_duration(&given);
    timeout.map(Some).map_err(|error| {
        ConfigError::new(format!("environment variable `{name}` is no duration: {error}"), "write it as 5s or 500ms")
    })
}
