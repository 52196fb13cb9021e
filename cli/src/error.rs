//! Errors: message, hint and exit status.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::builder::styling::{AnsiColor, Style};
use genauth::oidc::TokenError;
use genauth::{ApiCode, ApiStatus, Error, OAuthErrorCode};
use serde_json::{Value, json};

use super::terminal::{printable, printable_json};

const LABEL: Style = AnsiColor::Red.on_default().bold();
const LOG_IN: &str =
    "log in with `genauth login`, or give the user's access token with --access-token or GENAUTH_ACCESS_TOKEN";
const LOG_IN_AGAIN: &str = "log in again with `genauth login`";

pub type Result<T, E = CliError> = std::result::Result<T, E>;

pub enum CliError {
    /// Arguments, configuration or environment are invalid.
    Usage { message: String, hint: Option<String> },
    /// The SDK reported an error.
    Call(Error),
    /// Writing to standard output failed.
    Output(io::Error),
    /// The process was asked to stop.
    Interrupted,
}

impl CliError {
    pub fn usage(message: impl Display) -> Self {
        Self::Usage { message: message.to_string(), hint: None }
    }

    pub fn with_hint(message: impl Display, hint: impl Display) -> Self {
        Self::Usage { message: message.to_string(), hint: Some(hint.to_string()) }
    }

    /// Prints it on standard error, and returns the exit status.
    pub fn report(&self, as_json: bool) -> ExitCode {
        if let Self::Output(error) = self
            && error.kind() == io::ErrorKind::BrokenPipe
        {
            // The reader, such as `head`, has read enough.
            return ExitCode::SUCCESS;
        }
        let mut text = match as_json {
            true => printable_json(&self.to_json().to_string()),
            false => format!("{LABEL}error:{LABEL:#} {}", printable(&self.message())),
        };
        if let (false, Some(hint)) = (as_json, self.hint()) {
            text += &format!("\nhint: {}", printable(&hint));
        }
        // The exit status reports the failure even where standard error is closed.
        let _ = writeln!(anstream::stderr(), "{text}");
        ExitCode::from(self.status())
    }

    fn status(&self) -> u8 {
        match self {
            Self::Call(Error::Api(_) | Error::OAuth(_) | Error::Token(_)) => 1,
            Self::Usage { .. } | Self::Call(Error::Config(_)) => 2,
            Self::Call(_) | Self::Output(_) => 3,
            // As the shell reports SIGINT.
            Self::Interrupted => 130,
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Usage { .. } | Self::Call(Error::Config(_)) => "usage",
            Self::Output(_) => "output",
            Self::Interrupted => "interrupted",
            Self::Call(error) => error.kind().as_str(),
        }
    }

    pub fn message(&self) -> String {
        match self {
            Self::Usage { message, .. } => message.clone(),
            Self::Call(error) => error.to_string(),
            Self::Output(error) => format!("cannot write to standard output: {error}"),
            Self::Interrupted => "interrupted".to_owned(),
        }
    }

    fn to_json(&self) -> Value {
        let message = match self {
            Self::Call(Error::Api(error)) => error.message.clone(),
            _ => self.message(),
        };
        let call = match self {
            Self::Call(error) => Some(error),
            _ => None,
        };
        let mut json = json!({ "kind": self.kind(), "message": message });
        let members = [
            ("status", call.and_then(Error::api_status).map(|status| json!(status.0))),
            ("code", call.and_then(Error::api_code).map(|code| json!(code.0)).or_else(|| self.oauth_code())),
            ("requestId", call.and_then(Error::request_id).map(|id| json!(id))),
            ("hint", self.hint().map(|hint| json!(hint))),
        ];
        for (name, value) in members {
            if let Some(value) = value {
                json[name] = value;
            }
        }
        json
    }

    fn oauth_code(&self) -> Option<Value> {
        match self {
            Self::Call(Error::OAuth(error)) => Some(error.error.as_str().into()),
            _ => None,
        }
    }

    /// The remedy.
    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Usage { hint, .. } => return hint.clone(),
            Self::Output(_) | Self::Interrupted => return None,
            Self::Call(error) if error.is_throttled() => match error.retry_after() {
                Some(time) => return Some(format!("wait {} seconds before the next call", time.as_secs())),
                None => "wait before the next call",
            },
            Self::Call(Error::Api(error)) if error.api_code == Some(ApiCode::NOT_SIGNED_IN) => LOG_IN,
            Self::Call(Error::Api(error)) if error.data.is_some() => {
                "--envelope prints the data that came with the rejection"
            }
            Self::Call(Error::Api(error)) if error.api_status == ApiStatus::INVALID_ARGUMENT => {
                "`genauth describe OPERATION` shows the operation's fields"
            }
            Self::Call(Error::OAuth(error)) if error.error == OAuthErrorCode::InvalidClient => {
                "check --app-id, --app-secret and --token-endpoint-auth-method"
            }
            Self::Call(Error::OAuth(error)) if error.error == OAuthErrorCode::InvalidToken => LOG_IN,
            Self::Call(Error::OAuth(error)) if error.error == OAuthErrorCode::InvalidGrant => {
                "the code or token is used, expired or revoked; log in again with `genauth login`"
            }
            Self::Call(Error::Token(TokenError::MissingRefreshToken)) => LOG_IN_AGAIN,
            Self::Call(Error::UnexpectedResponse(_)) => "check --app-host, and any proxy in front of the service",
            Self::Call(Error::Decode(_)) => "the call succeeded; report the field as a bug in genauth",
            Self::Call(Error::Transport(error)) if error.is_connect() => "check --app-host and the network",
            Self::Call(Error::Transport(error)) if error.is_timeout() => {
                "raise --timeout; the request may have taken effect"
            }
            Self::Call(Error::Transport(_)) => "the request may have taken effect",
            Self::Call(error) if error.is_transient() => "try again later",
            Self::Call(_) => return None,
        };
        Some(hint.to_owned())
    }
}

impl From<Error> for CliError {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}
