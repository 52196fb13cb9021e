//! Calling an operation.

use std::pin::pin;

use clap::ArgMatches;
use futures_util::future::{Either, select};
use genauth::dynamic::{self, ArgumentError};
use genauth::sandbox::Sandbox;
use genauth::spec::SecurityScheme;
use genauth::{ApiError, AuthenticationClient, Envelope, Error, ManagementClient};
use serde_json::{Map, Value, json};

use super::api::Api;
use super::error::{CliError, Result};
use super::global_args::Format;
use super::sandbox::PHONE_NUMBER;
use super::spec::Operation;
use super::suggestion::suggest;
use super::{config, field_args, output, runtime, schema, shutdown};

/// Calls an operation and prints its response.
pub fn run(operation: &Operation, matches: &ArgMatches) -> Result<()> {
    let arguments = field_args::values(operation, matches)?;
    let outcome = runtime::new()?.block_on(async {
        let shutdown = shutdown::requested().map_err(CliError::usage)?;
        call(operation, matches, arguments, shutdown).await
    })?;
    let value = match (outcome, matches.get_flag("envelope")) {
        (Ok(envelope), false) => envelope.data,
        (Ok(envelope), true) => envelope_json(&envelope),
        (Err(error), print_envelope) => {
            if let (Error::Api(error), true) = (&error, print_envelope) {
                output::print(&error_json(error), matches, Format::Pretty)?;
            }
            return Err(error.into());
        }
    };
    output::print(&value, matches, Format::Pretty)
}

/// The outcome of the call, or the reason why it was not sent.
async fn call(
    operation: &Operation,
    matches: &ArgMatches,
    arguments: Map<String, Value>,
    shutdown: impl Future<Output = ()>,
) -> Result<genauth::Result<Envelope<Value>>> {
    // What is refreshed for the call is stored before the process obeys a signal.
    let (client, _sandbox) = client(operation, matches).await?;
    match select(pin!(shutdown), pin!(send(&client, operation, arguments))).await {
        Either::Left(_) => Err(CliError::Interrupted),
        Either::Right((outcome, _)) => outcome,
    }
}

/// The client of an API.
enum Client {
    Authentication(AuthenticationClient),
    Management(ManagementClient),
}

/// The client to call with, and its sandbox, which runs until it is dropped.
async fn client(operation: &Operation, matches: &ArgMatches) -> Result<(Client, Option<Sandbox>)> {
    let sandbox = match matches.get_flag("sandbox") {
        true => Some(start_sandbox().await?),
        false => None,
    };
    let client = match operation.api {
        Api::Authentication => {
            Client::Authentication(authentication_client(operation, matches, sandbox.as_ref()).await?)
        }
        Api::Management => Client::Management(match &sandbox {
            Some(sandbox) => config::management_sandbox_client(matches, sandbox)?,
            None => config::management_client(matches)?,
        }),
    };
    Ok((client, sandbox))
}

async fn start_sandbox() -> Result<Sandbox> {
    let sandbox = Sandbox::start().await;
    let sandbox = sandbox.map_err(|error| CliError::usage(format!("cannot start the sandbox: {error}")))?;
    sandbox.issue_phone_code(PHONE_NUMBER);
    Ok(sandbox)
}

async fn authentication_client(
    operation: &Operation,
    matches: &ArgMatches,
    sandbox: Option<&Sandbox>,
) -> Result<AuthenticationClient> {
    let needs_access_token = operation.spec.security.contains(&SecurityScheme::AccessToken);
    if let Some(sandbox) = sandbox {
        return config::sandbox_client(matches, sandbox, needs_access_token);
    }
    let application = config::application(matches)?;
    // An expired login must not fail an operation that takes no access token.
    if needs_access_token { application.user_client().await } else { Ok(application.client) }
}

async fn send(
    client: &Client,
    operation: &Operation,
    arguments: Map<String, Value>,
) -> Result<genauth::Result<Envelope<Value>>> {
    let call = match client {
        Client::Authentication(client) => dynamic::call(client, operation.spec.id, arguments),
        Client::Management(client) => dynamic::call(client, operation.spec.id, arguments),
    };
    Ok(call.map_err(|error| argument_error(operation, &error))?.await)
}

fn argument_error(operation: &Operation, error: &ArgumentError) -> CliError {
    let fallback = format!("`genauth describe {}` shows the fields", operation.command());
    let hint = match error {
        ArgumentError::UnknownField { path } => {
            let name = path.rsplit('.').next().unwrap_or(path);
            suggest(name, schema::sibling_names(operation, path), &fallback)
        }
        _ => fallback,
    };
    CliError::with_hint(error, hint)
}

fn envelope_json(envelope: &Envelope<Value>) -> Value {
    let Envelope { api_status, message, api_code, request_id, data, .. } = envelope;
    json_of(api_status.0, message, api_code.map(|code| code.0), request_id.as_deref(), Some(data))
}

fn error_json(error: &ApiError) -> Value {
    let ApiError { api_status, message, api_code, request_id, data, .. } = error;
    json_of(api_status.0, message, api_code.map(|code| code.0), request_id.as_deref(), data.as_ref())
}

fn json_of(status: i64, message: &str, code: Option<i64>, request_id: Option<&str>, data: Option<&Value>) -> Value {
    let mut envelope = json!({ "statusCode": status, "message": message });
    if let Some(code) = code {
        envelope["apiCode"] = code.into();
    }
    if let Some(id) = request_id {
        envelope["requestId"] = id.into();
    }
    if let Some(data) = data {
        envelope["data"] = data.clone();
    }
    envelope
}
