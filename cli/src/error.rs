//! Why the command failed: the sentence, the hint, the exit status.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::builder::styling::{AnsiColor, Style};
use genauth::oidc::TokenError;
use genauth::{ApiCode, ApiStatus, Error, OAuthErrorCode};
use serde_json::{Value, json};

const LABEL: Style = AnsiColor::Red.on_default().bold();
const SIGN_IN: &str =
    "log in with `genauth login`, or give the user's access token with --access-token or GENAUTH_ACCESS_TOKEN";

pub type Result<T, E = CliError> = std::result::Result<T, E>;

pub enum CliError {
    /// The command was given something that cannot work.
    Usage { what: String, hint: Option<String> },
    /// A call was made, and failed.
    Call(Error),
    /// There was something to say, and nowhere to say it.
    Output(io::Error),
}

impl CliError {
    pub fn usage(what: impl Display) -> Self {
        Self::Usage { what: what.to_string(), hint: None }
    }

    pub fn with_hint(what: impl Display, hint: impl Display) -> Self {
        Self::Usage { what: what.to_string(), hint: Some(hint.to_string()) }
    }

    /// Tells of it on standard error, and returns the exit status.
    pub fn report(&self, as_json: bool) -> ExitCode {
        if let Self::Output(error) = self
            && error.kind() == io::ErrorKind::BrokenPipe
        {
            // Whoever read has read enough.
            return ExitCode::SUCCESS;
        }
        let text = match (as_json, self.hint()) {
            (true, _) => self.to_json().to_string(),
            (false, None) => format!("{LABEL}error:{LABEL:#} {}", printable(&self.sentence())),
            (false, Some(hint)) => {
                format!("{LABEL}error:{LABEL:#} {}\nhint: {}", printable(&self.sentence()), printable(&hint))
            }
        };
        // Where nobody listens, the exit status says it.
        let _ = writeln!(anstream::stderr(), "{text}");
        ExitCode::from(self.status())
    }

    fn status(&self) -> u8 {
        match self {
            Self::Call(Error::Api(_) | Error::OAuth(_) | Error::Token(_)) => 1,
            Self::Usage { .. } | Self::Call(Error::Config(_)) => 2,
            Self::Call(_) | Self::Output(_) => 3,
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Usage { .. } | Self::Call(Error::Config(_)) => "usage",
            Self::Output(_) => "output",
            Self::Call(Error::Api(_)) => "api",
            Self::Call(Error::OAuth(_)) => "oauth",
            Self::Call(Error::EventStream(_)) => "event_stream",
            Self::Call(Error::Token(_)) => "token",
            Self::Call(Error::UnexpectedResponse(_)) => "unexpected_response",
            Self::Call(Error::Decode(_)) => "decode",
            Self::Call(Error::ResponseTooLarge { .. }) => "response_too_large",
            Self::Call(Error::Transport(error)) if error.is_connect() => "connect",
            Self::Call(Error::Transport(error)) if error.is_timeout() => "timeout",
            Self::Call(_) => "transport",
        }
    }

    fn sentence(&self) -> String {
        match self {
            Self::Usage { what, .. } => what.clone(),
            Self::Call(error) => error.to_string(),
            Self::Output(error) => format!("the answer cannot be written: {error}"),
        }
    }

    fn to_json(&self) -> Value {
        let message = match self {
            Self::Call(Error::Api(error)) => error.message.clone(),
            _ => self.sentence(),
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

    /// What to do about it.
    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Usage { hint, .. } => return hint.clone(),
            Self::Output(_) => return None,
            Self::Call(error) if error.is_throttled() => match error.retry_after() {
                Some(time) => return Some(format!("wait {} seconds before the next call", time.as_secs())),
                None => "wait before the next call",
            },
            Self::Call(Error::Api(error)) if error.api_code == Some(ApiCode::NOT_SIGNED_IN) => SIGN_IN,
            Self::Call(Error::Api(error)) if error.data.is_some() => {
                "--envelope shows what the server gave along for the next step"
            }
            Self::Call(Error::Api(error)) if error.api_status == ApiStatus::INVALID_ARGUMENT => {
                "`genauth describe OPERATION` shows what the operation takes"
            }
            Self::Call(Error::OAuth(error)) if error.error == OAuthErrorCode::InvalidClient => {
                "check --app-id, --app-secret and --token-endpoint-auth-method"
            }
            Self::Call(Error::OAuth(error)) if error.error == OAuthErrorCode::InvalidToken => SIGN_IN,
            Self::Call(Error::OAuth(error)) if error.error == OAuthErrorCode::InvalidGrant => {
                "what was sent is used, expired or revoked; `genauth login` begins a login anew"
            }
            Self::Call(Error::Token(TokenError::MissingRefreshToken)) => "`genauth login` begins a login anew",
            Self::Call(Error::UnexpectedResponse(_)) => {
                "check --app-host, and what stands between here and the service"
            }
            Self::Call(Error::Decode(_)) => "the call itself has succeeded; report the field to who makes genauth",
            Self::Call(Error::Transport(error)) if error.is_connect() => "check --app-host and the network",
            Self::Call(Error::Transport(error)) if error.is_timeout() => {
                "give it more time with --timeout; what was sent may have taken effect"
            }
            Self::Call(Error::Transport(_)) => "what was sent may have taken effect",
            Self::Call(error) if error.is_transient() => "try again later",
            Self::Call(_) => return None,
        };
        Some(hint.to_owned())
    }
}

/// Tells something on standard error that is no failure of the command.
pub fn tell(text: &str) {
    let _ = writeln!(anstream::stderr(), "{}", printable(text));
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

/// `text` without what would steer a terminal: it may come from a server.
pub fn printable(text: &str) -> String {
    let steers = |c: char| c.is_control() && c != '\n';
    text.chars().map(|c| if steers(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}
