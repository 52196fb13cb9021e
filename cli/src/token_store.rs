//! The tokens that `genauth login` stores for later calls.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, Instant};

use fs4::{FileExt, TryLockError};
use genauth::oidc::{TokenManager, TokenSet};
use genauth::{AuthenticationClient, Secret};
use url::form_urlencoded::byte_serialize;

use super::error::{CliError, Result};
use super::{config_file, private_file};

/// Longer than a refresh takes at most.
const LOCK_TIMEOUT: Duration = Duration::from_secs(75);

/// A file with a login's tokens. Each profile, application and host has its own, so that no token is sent elsewhere.
pub struct TokenStore {
    folder: PathBuf,
    path: PathBuf,
}

impl TokenStore {
    /// `None` if the user has no folder for configuration.
    pub fn new(profile: Option<&str>, app_id: &str, host: &str) -> Option<Self> {
        let folder = config_file::path()?.parent()?.join("tokens");
        let parts = [profile.unwrap_or_default(), app_id, host.trim_end_matches('/')];
        let parts = parts.map(|part| byte_serialize(part.as_bytes()).collect::<String>());
        let path = folder.join(format!("{}.json", parts.join("@")));
        Some(Self { folder, path })
    }

    /// Checks that tokens can be stored, before there are any.
    pub fn check(&self) -> Result<()> {
        private_file::check_folder(&self.folder).map_err(|error| self.error(&error))?;
        let _lock = self.lock()?;
        private_file::check_writable(&self.folder).map_err(|error| self.error(&error))
    }

    /// Stores the tokens of a login, and returns those of the login that it replaces.
    pub fn save(&self, tokens: &TokenSet) -> Result<Option<TokenSet>> {
        private_file::check_folder(&self.folder).map_err(|error| self.error(&error))?;
        let _lock = self.lock()?;
        // What cannot be read cannot be revoked either.
        let replaced = self.read().ok().flatten().map(|(tokens, _)| tokens);
        self.write(tokens)?;
        Ok(replaced)
    }

    /// The stored access token, refreshed if it is about to expire; `None` if no login is stored.
    pub async fn access_token(&self, client: &AuthenticationClient) -> Result<Option<Secret>> {
        if !self.path.exists() {
            return Ok(None);
        }
        // Two processes must not refresh at once: the server may end a login whose refresh token is used twice.
        let _lock = self.lock()?;
        let Some((tokens, is_shared)) = self.read()? else { return Ok(None) };
        if is_shared {
            return Err(CliError::with_hint(
                format!("{}: contains a user's tokens but is readable by others", self.path.display()),
                "run `genauth logout` to revoke them, as others may have read them, then log in again",
            ));
        }
        let manager = TokenManager::new(client, tokens.clone());
        let access_token = manager.access_token().await;
        // The process may end after this, and a rotated refresh token must not be lost.
        manager.finish_refresh().await;
        let current = manager.tokens();
        if current != tokens {
            self.write(&current)?;
        }
        access_token.map(Some).map_err(CliError::from)
    }

    /// Deletes the login, and returns its tokens.
    pub fn delete(&self) -> Result<Option<TokenSet>> {
        if !self.path.exists() {
            return Ok(None);
        }
        let _lock = self.lock()?;
        let stored = self.read();
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(self.error(&error)),
            _ => Ok(stored?.map(|(tokens, _)| tokens)),
        }
    }

    /// The tokens, and whether others can read the file.
    fn read(&self) -> Result<Option<(TokenSet, bool)>> {
        let mut file = match private_file::open(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            file => file.map_err(|error| self.error(&error))?,
        };
        let is_shared = file.metadata().map(|file| private_file::is_shared(&file));
        let is_shared = is_shared.map_err(|error| self.error(&error))?;
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(|error| self.error(&error))?;
        // The JSON error would show a part of the file.
        let tokens = serde_json::from_str(&text).map_err(|_| {
            CliError::with_hint(format!("{}: invalid stored login", self.path.display()), "log in with `genauth login`")
        })?;
        Ok(Some((tokens, is_shared)))
    }

    fn write(&self, tokens: &TokenSet) -> Result<()> {
        let text = serde_json::to_string(tokens).map_err(|error| self.error(&error))?;
        private_file::write(&self.path, text.as_bytes()).map_err(|error| self.error(&error))
    }

    /// Blocks other processes that use this login, until it is dropped.
    fn lock(&self) -> Result<File> {
        let file = private_file::open_lock(&self.path.with_extension("lock")).map_err(|error| self.error(&error))?;
        let started = Instant::now();
        loop {
            match FileExt::try_lock(&file) {
                Ok(()) => return Ok(file),
                Err(TryLockError::WouldBlock) if started.elapsed() < LOCK_TIMEOUT => sleep(Duration::from_millis(50)),
                Err(TryLockError::WouldBlock) => {
                    let message = format!("{}: another process uses the stored login", self.path.display());
                    return Err(CliError::with_hint(message, "end it, or wait for it, then try again"));
                }
                Err(TryLockError::Error(error)) => return Err(self.error(&error)),
            }
        }
    }

    fn error(&self, error: &dyn std::fmt::Display) -> CliError {
        CliError::usage(format!("{}: cannot access the stored login: {error}", self.path.display()))
    }
}
