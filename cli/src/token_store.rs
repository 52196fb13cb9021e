//! The login that `genauth login` leaves for the calls after it.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::PathBuf;

use fs4::FileExt;
use genauth::AuthenticationClient;
use genauth::oidc::{TokenManager, TokenSet};
use url::form_urlencoded::byte_serialize;

use super::error::{CliError, Result};
use super::{config_file, private_file};

/// The file of a login. There is one for each profile, application and host, so that no token goes anywhere else.
pub struct KeptLogin {
    folder: PathBuf,
    path: PathBuf,
}

impl KeptLogin {
    /// Nothing if the user has no folder for configuration.
    pub fn of(profile: Option<&str>, app_id: &str, host: &str) -> Option<Self> {
        let folder = config_file::path()?.parent()?.join("tokens");
        let parts = [profile.unwrap_or_default(), app_id, host.trim_end_matches('/')];
        let parts = parts.map(|part| byte_serialize(part.as_bytes()).collect::<String>());
        let path = folder.join(format!("{}.json", parts.join("@")));
        Some(Self { folder, path })
    }

    /// Keeps a login in the place of the one before.
    pub fn keep(&self, tokens: &TokenSet) -> Result<()> {
        private_file::make_folder(&self.folder).map_err(|error| self.unusable(&error))?;
        let _lock = self.lock()?;
        self.write(tokens)
    }

    /// The client, calling for who is logged in; nothing if nobody is. A token that is about to expire is renewed
    /// first.
    pub async fn client(&self, client: &AuthenticationClient) -> Result<Option<AuthenticationClient>> {
        if !self.path.exists() {
            return Ok(None);
        }
        // Another process must not renew them too: the server may end a login whose refresh token comes twice.
        let _lock = self.lock()?;
        let Some((tokens, is_shared)) = self.read()? else { return Ok(None) };
        if is_shared {
            return Err(CliError::with_hint(
                format!("{}: holds a user's tokens, and others than its owner may read it", self.path.display()),
                "end this login with `genauth logout`, since they may have been read, and log in again",
            ));
        }
        let handle = TokenManager::new(client, tokens.clone());
        let client = handle.client().await?;
        let renewed = handle.tokens();
        if renewed != tokens {
            self.write(&renewed)?;
        }
        Ok(Some(client))
    }

    /// Forgets the login; returns the tokens that it was.
    pub fn forget(&self) -> Result<Option<TokenSet>> {
        if !self.path.exists() {
            return Ok(None);
        }
        let _lock = self.lock()?;
        let read = self.read();
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(self.unusable(&error)),
            _ => Ok(read?.map(|(tokens, _)| tokens)),
        }
    }

    /// The tokens, and whether others may read them.
    fn read(&self) -> Result<Option<(TokenSet, bool)>> {
        let mut file = match File::open(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            file => file.map_err(|error| self.unusable(&error))?,
        };
        let is_shared = file.metadata().map(|file| private_file::is_shared(&file));
        let is_shared = is_shared.map_err(|error| self.unusable(&error))?;
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(|error| self.unusable(&error))?;
        // What is wrong with it would show what is in it.
        let tokens = serde_json::from_str(&text).map_err(|_| {
            CliError::with_hint(format!("{}: holds no login", self.path.display()), "log in with `genauth login`")
        })?;
        Ok(Some((tokens, is_shared)))
    }

    fn write(&self, tokens: &TokenSet) -> Result<()> {
        let text = serde_json::to_string(tokens).map_err(|error| self.unusable(&error))?;
        private_file::write(&self.path, text.as_bytes()).map_err(|error| self.unusable(&error))
    }

    /// Holds back other processes until it is dropped.
    fn lock(&self) -> Result<File> {
        let file = File::create(self.folder.join("lock"));
        let file = file.and_then(|file| FileExt::lock(&file).map(|()| file));
        file.map_err(|error| self.unusable(&error))
    }

    fn unusable(&self, error: &dyn std::fmt::Display) -> CliError {
        CliError::usage(format!("{}: the login cannot be kept there: {error}", self.path.display()))
    }
}
