//! The configuration file: named profiles.

use std::path::PathBuf;
use std::{env, fs, io};

use toml::{Table, Value};

use super::error::{CliError, Result};
use super::global_args::{ACCESS_TOKEN, MANAGEMENT_SETTINGS, SETTINGS};
use super::private_file;

/// The key with the path of a file that contains the application's secret.
const SECRET_FILE: &str = "app_secret_file";

/// The settings of a profile.
#[derive(Default)]
pub struct Profile {
    name: Option<String>,
    settings: Table,
}

impl Profile {
    /// The profile of this name, else the file's `default_profile`, else an empty one.
    pub fn load(name: Option<&str>) -> Result<Self> {
        let path = path();
        let text = match path.as_deref().map(fs::read_to_string) {
            Some(Ok(text)) => text,
            Some(Err(error)) if error.kind() != io::ErrorKind::NotFound => return Err(file_error(&path, error)),
            _ => String::new(),
        };
        // The full error shows the line, which may contain a secret.
        let mut file: Table = text.parse().map_err(|error: toml::de::Error| {
            let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
            file_error(&path, format!("line {line}: {}", error.message().lines().next().unwrap_or_default()))
        })?;
        let default = file.remove("default_profile");
        let default = default.as_ref().map(|name| string(&path, "default_profile", name)).transpose()?;
        let profiles = file.remove("profiles").unwrap_or_else(|| Table::new().into());
        if let Some(key) = file.keys().next() {
            return Err(file_error(&path, format!("unknown key `{key}`: use `default_profile` or `profiles`")));
        }
        let Value::Table(mut profiles) = profiles else { return Err(file_error(&path, "`profiles` is not a table")) };

        let Some(name) = name.or(default) else { return Ok(Self::default()) };
        let names = profiles.keys().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let Some(Value::Table(profile)) = profiles.remove(name) else {
            let existing = if names.is_empty() { "it has none".to_owned() } else { format!("it has {names}") };
            return Err(file_error(&path, format!("no profile `{name}`; {existing}")));
        };
        for (key, value) in &profile {
            let known =
                SETTINGS.iter().chain(&MANAGEMENT_SETTINGS).filter(|setting| setting.option != ACCESS_TOKEN.option);
            if !known.map(|setting| setting.key()).chain([SECRET_FILE.to_owned()]).any(|known| known == *key) {
                return Err(file_error(&path, format!("profile `{name}`: unknown setting `{key}`")));
            }
            string(&path, &format!("profile `{name}`: `{key}`"), value)?;
        }
        if profile.contains_key("app_secret") || profile.contains_key("access_key_secret") {
            reject_if_shared(&path)?;
        }
        Ok(Self { name: Some(name.to_owned()), settings: profile })
    }

    /// Its name; none for the empty profile.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    pub fn get(&self, key: &str) -> Option<&str> {
        self.settings.get(key)?.as_str()
    }

    /// The path of a file that contains the application's secret; a relative one is relative to the configuration file.
    pub fn secret_file(&self) -> Option<PathBuf> {
        Some(path()?.parent()?.join(self.get(SECRET_FILE)?))
    }
}

/// `$XDG_CONFIG_HOME/genauth/config.toml`, or `~/.config/genauth/config.toml`.
pub fn path() -> Option<PathBuf> {
    let xdg = env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let folder = xdg.or_else(|| Some(env::home_dir()?.join(".config")))?;
    Some(folder.join("genauth").join("config.toml"))
}

fn string<'a>(path: &Option<PathBuf>, what: &str, value: &'a Value) -> Result<&'a str> {
    value.as_str().ok_or_else(|| file_error(path, format!("{what} is not a string")))
}

fn reject_if_shared(path: &Option<PathBuf>) -> Result<()> {
    let Some(file) = path else { return Ok(()) };
    if !private_file::is_shared(&fs::metadata(file).map_err(|error| file_error(path, error))?) {
        return Ok(());
    }
    Err(CliError::with_hint(
        format!("{}: contains a secret but is readable by others", file.display()),
        format!("run `chmod 600 {}`, or set `{SECRET_FILE}` to the path of a file with the secret", file.display()),
    ))
}

fn file_error(path: &Option<PathBuf>, what: impl std::fmt::Display) -> CliError {
    let path = path.as_ref().map_or_else(|| "the configuration file".to_owned(), |path| path.display().to_string());
    CliError::usage(format!("{path}: {what}"))
}
