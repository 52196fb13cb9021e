//! Calling an operation.

use clap::ArgMatches;
use genauth::dynamic::{self, RequestError};
use genauth::sandbox::Sandbox;
use genauth::{ApiError, Envelope, Error};
use serde_json::{Map, Value, json};
use tokio::runtime::Runtime;

use super::error::{CliError, Result};
use super::global_args::Format;
use super::spec::Operation;
use super::{config, field_args, output};

/// How alike two names have to be, from 0 to 1, for one to be meant by the other.
const ALIKE: f64 = 0.7;

/// Calls an operation and prints its answer.
pub fn run(operation: &Operation, matches: &ArgMatches) -> Result<()> {
    let fields = field_args::values(operation, matches)?;
    let outcome = runtime()?.block_on(send(operation, matches, fields))?;
    let value = match (outcome, matches.get_flag("envelope")) {
        (Ok(envelope), false) => envelope.data,
        (Ok(envelope), true) => whole(&envelope),
        (Err(error), whole) => {
            if let (Error::Api(error), true) = (&error, whole) {
                output::print(&refusal(error), matches, Format::Pretty)?;
            }
            return Err(error.into());
        }
    };
    output::print(&value, matches, Format::Pretty)
}

/// The answer, or why the call failed; or why it cannot be made.
async fn send(
    operation: &Operation<'_>,
    matches: &ArgMatches,
    fields: Map<String, Value>,
) -> Result<genauth::Result<Envelope<Value>>> {
    let sandbox = match matches.get_flag("sandbox") {
        true => Some(Sandbox::start().await.map_err(|error| CliError::usage(format!("no sandbox: {error}")))?),
        false => None,
    };
    let client = match &sandbox {
        None => {
            let application = config::application(matches)?;
            // Where no user's token goes along, a login that is over does no harm.
            match operation.credentials().any(|scheme| scheme == "accessToken") {
                true => application.user_client().await?,
                false => application.client,
            }
        }
        Some(sandbox) => {
            sandbox.issue_phone_code(super::sandbox::PHONE_NUMBER);
            config::sandbox_client(matches, sandbox)?
        }
    };
    let call = dynamic::call(&client, operation.id(), fields).map_err(|error| unfit(operation, &error))?;
    Ok(call.await)
}

fn unfit(operation: &Operation, error: &RequestError) -> CliError {
    let all = format!("`genauth describe {}` shows what it takes", operation.name());
    let hint = match error {
        RequestError::UnknownField { path } => {
            let name = path.rsplit('.').next().unwrap_or(path);
            suggestion(name, operation.names_beside(path).into_iter().map(ToOwned::to_owned), &all)
        }
        _ => all,
    };
    CliError::with_hint(error, hint)
}

/// The name that may be meant by `given`, as a question; else `all`, which says where the names are.
pub fn suggestion(given: &str, names: impl Iterator<Item = String>, all: &str) -> String {
    let names = names.map(|name| (strsim::jaro_winkler(given, &name), name));
    let closest = names.filter(|(alike, _)| *alike > ALIKE).max_by(|(one, _), (other, _)| one.total_cmp(other));
    closest.map_or_else(|| all.to_owned(), |(_, name)| format!("is it `{name}`?"))
}

pub fn runtime() -> Result<Runtime> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| CliError::usage(format!("the system has no resources for it: {error}")))
}

fn whole(envelope: &Envelope<Value>) -> Value {
    let Envelope { api_status, message, api_code, request_id, data, .. } = envelope;
    members(api_status.0, message, api_code.map(|code| code.0), request_id.as_deref(), Some(data))
}

fn refusal(error: &ApiError) -> Value {
    let ApiError { api_status, message, api_code, request_id, data, .. } = error;
    members(api_status.0, message, api_code.map(|code| code.0), request_id.as_deref(), data.as_ref())
}

fn members(status: i64, message: &str, code: Option<i64>, request_id: Option<&str>, data: Option<&Value>) -> Value {
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
