//! Any operation by its name, from JSON to JSON: what the command `genauth` is made of.
//!
//! A call made here goes through the same types as one made by a method: what does not fit them is refused before
//! anything is sent, and the data that comes back has what they have. Members of an answer that this release does not
//! know are not in it.
//!
//! ```no_run
//! # async fn example(client: genauth::AuthenticationClient) -> Result<(), Box<dyn std::error::Error>> {
//! use serde_json::json;
//!
//! let fields = json!({ "code": "0a1bC2Ga1xq", "extIdpConnidentifier": "my-wxapp" });
//! let fields = fields.as_object().cloned().unwrap_or_default();
//! let envelope = genauth::dynamic::call(&client, "get_wechat_miniprogram_phone", fields)?.await?;
//! println!("{}", envelope.data["phoneNumber"]);
//! # Ok(())
//! # }
//! ```

use std::collections::BTreeSet;
use std::fmt;
use std::pin::Pin;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::client::operation::Operation;
use crate::error::redact_values;
use crate::{ApiStatus, AuthenticationClient, Call, Envelope, UrlBuilder, UrlOperation};

/// The values of an operation's fields, by the names that the description has for them.
pub type Arguments = Map<String, Value>;

/// A call that is sent when it is awaited. That of an address sends nothing, and has the address as its data.
pub type CallFuture = Pin<Box<dyn Future<Output = crate::Result<Envelope<Value>>> + Send>>;

/// The call of the operation with this operationId.
///
/// Parameters and the body's members are given together. A name that stands for both goes to both.
///
/// # Errors
///
/// When there is no such operation, or the fields do not fit it.
pub fn call(client: &AuthenticationClient, operation: &str, fields: Arguments) -> Result<CallFuture, RequestError> {
    request(client, operation, fields)
}

/// Why a call cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestError {
    /// No operation has this name.
    UnknownOperation(String),
    /// There is no such field.
    UnknownField {
        /// Where it stands, such as `passwordPayload.emial`.
        path: String,
    },
    /// A field's value is not of its type, or one is missing.
    Invalid {
        /// Where; empty for the request as a whole.
        path: String,
        /// What is wrong with it; not the value, which may be secret.
        reason: String,
    },
}

impl RequestError {
    fn unknown_operation(name: &str) -> Self {
        Self::UnknownOperation(name.to_owned())
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownOperation(name) => write!(f, "no operation is called `{name}`"),
            Self::UnknownField { path } => write!(f, "there is no field `{path}`"),
            Self::Invalid { path, reason } if path.is_empty() => f.write_str(reason),
            Self::Invalid { path, reason } => write!(f, "`{path}`: {reason}"),
        }
    }
}

impl std::error::Error for RequestError {}

/// Gives each part of a request the fields that it has a name for.
fn split<const PARTS: usize>(fields: Arguments, names: [&[&str]; PARTS]) -> Result<[Arguments; PARTS], RequestError> {
    if let Some(path) = fields.keys().find(|name| !names.iter().any(|names| names.contains(&name.as_str()))) {
        return Err(RequestError::UnknownField { path: path.clone() });
    }
    Ok(names.map(|names| {
        let of_this = fields.iter().filter(|(name, _)| names.contains(&name.as_str()));
        of_this.map(|(name, value)| (name.clone(), value.clone())).collect()
    }))
}

/// A part of a request from its fields.
fn read<T: DeserializeOwned>(fields: Arguments) -> Result<T, RequestError> {
    let mut unknown = BTreeSet::new();
    let mut track = serde_path_to_error::Track::new();
    let json = Value::Object(fields);
    let json = serde_path_to_error::Deserializer::new(json, &mut track);
    let part = serde_ignored::deserialize(json, |path| {
        unknown.insert(path.to_string());
    });
    if let Some(path) = unknown.pop_first() {
        return Err(RequestError::UnknownField { path: path.replace(".?", "") });
    }
    part.map_err(|error| {
        let path = track.path().to_string();
        let path = if path == "." { String::new() } else { path };
        RequestError::Invalid { path, reason: redact_values(&error.to_string()) }
    })
}

fn pending<O: Operation<Data: Serialize>>(client: &AuthenticationClient, operation: O) -> CallFuture {
    let call = Call::new(client, operation);
    Box::pin(async move {
        let Envelope { api_status, message, api_code, request_id, data } = call.envelope().await?;
        let data = serde_json::to_value(data).expect("what came as JSON goes back to JSON");
        Ok(Envelope { api_status, message, api_code, request_id, data })
    })
}

fn address<A: UrlOperation>(client: &AuthenticationClient, operation: A) -> CallFuture {
    let url = UrlBuilder::new(client, operation).to_url();
    Box::pin(async move {
        let (api_status, message) = (ApiStatus::OK, String::new());
        Ok(Envelope { api_status, message, api_code: None, request_id: None, data: url?.as_str().into() })
    })
}

include!(concat!(env!("OUT_DIR"), "/dynamic.rs"));
