//! Calls operations by name, with JSON arguments and JSON data, as the command `genauth` does.
//!
//! A call by name uses the same types as a method: arguments that do not match them are rejected before anything is
//! sent, and the data has only the members that this release knows.
//!
//! ```no_run
//! # async fn example(client: genauth::AuthenticationClient) -> Result<(), Box<dyn std::error::Error>> {
//! use serde_json::json;
//!
//! let arguments = json!({ "code": "0a1bC2Ga1xq", "extIdpConnidentifier": "my-wxapp" });
//! let arguments = arguments.as_object().cloned().unwrap_or_default();
//! let envelope = genauth::dynamic::call(&client, "get_wechat_miniprogram_phone", arguments)?.await?;
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

use crate::client::core::ClientCore;
use crate::client::operation::Operation;
use crate::types::lenient;
use crate::types::mismatch::Mismatch;
use crate::{Call, Envelope, UrlBuilder, UrlOperation};

/// The arguments of an operation: its parameters and the properties of its body, by their names in the OpenAPI document.
#[doc(alias = "Fields")]
pub type Arguments = Map<String, Value>;

/// A call that is sent when it is awaited. An operation that only has a URL sends nothing: its data is the URL.
#[doc(alias = "Pending")]
pub type CallFuture = Pin<Box<dyn Future<Output = crate::Result<Envelope<Value>>> + Send>>;

/// Creates a call of the operation with this operationId.
///
/// An argument that is both a parameter and a property of the body goes to both.
///
/// # Errors
///
/// If there is no such operation, or the arguments do not match it.
pub fn call(client: &impl ByName, operation: &str, arguments: Arguments) -> Result<CallFuture, ArgumentError> {
    client.request(operation, arguments)
}

/// A client whose operations can be called by name.
///
/// Implemented by [`AuthenticationClient`](crate::AuthenticationClient) and
/// [`ManagementClient`](crate::ManagementClient) only.
pub trait ByName {
    #[doc(hidden)]
    fn request(&self, operation: &str, arguments: Arguments) -> Result<CallFuture, ArgumentError>;
}

/// Why a call was rejected before anything was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ArgumentError {
    /// No operation has this name.
    UnknownOperation(String),
    /// The operation has no such field.
    UnknownField {
        /// Its path, such as `passwordPayload.emial`.
        path: String,
    },
    /// A field has the wrong type, or a required one is missing.
    Invalid {
        /// Its path; empty for the request as a whole.
        path: String,
        /// The type mismatch, without the value, which may be secret.
        reason: String,
    },
}

impl ArgumentError {
    pub(crate) fn unknown_operation(name: &str) -> Self {
        Self::UnknownOperation(name.to_owned())
    }
}

impl fmt::Display for ArgumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownOperation(name) => write!(f, "unknown operation `{name}`"),
            Self::UnknownField { path } => write!(f, "unknown field `{path}`"),
            Self::Invalid { path, reason } if path.is_empty() => f.write_str(reason),
            Self::Invalid { path, reason } => write!(f, "`{path}`: {reason}"),
        }
    }
}

impl std::error::Error for ArgumentError {}

/// Splits the arguments among the parts of a request, by the names of their fields.
pub(crate) fn split<const PARTS: usize>(
    arguments: Arguments,
    names: [&[&str]; PARTS],
) -> Result<[Arguments; PARTS], ArgumentError> {
    if let Some(path) = arguments.keys().find(|name| !names.iter().any(|names| names.contains(&name.as_str()))) {
        return Err(ArgumentError::UnknownField { path: path.clone() });
    }
    Ok(names.map(|names| {
        let part = arguments.iter().filter(|(name, _)| names.contains(&name.as_str()));
        part.map(|(name, value)| (name.clone(), value.clone())).collect()
    }))
}

/// Deserializes a part of a request.
pub(crate) fn read<T: DeserializeOwned>(arguments: Arguments) -> Result<T, ArgumentError> {
    let mut unknown = BTreeSet::new();
    let json = Value::Object(arguments);
    let part = serde_ignored::deserialize(lenient::strict(&json), |path| {
        unknown.insert(path.to_string());
    });
    if let Some(path) = unknown.pop_first() {
        return Err(ArgumentError::UnknownField { path: path.replace(".?", "") });
    }
    part.map_err(|Mismatch { path, reason }| ArgumentError::Invalid { path, reason })
}

pub(crate) fn call_future<O: Operation<Data: Serialize>>(client: &ClientCore, operation: O) -> CallFuture {
    let call = Call::new(client, operation);
    Box::pin(async move {
        let envelope = call.envelope().await?;
        let to_value =
            |data| serde_json::to_value(data).expect("data that was deserialized from JSON serializes to JSON");
        Ok(envelope.map(to_value))
    })
}

fn url_future<O: UrlOperation>(client: &ClientCore, operation: O) -> CallFuture {
    let url = UrlBuilder::new(client, operation).to_url();
    Box::pin(async move { Ok(Envelope::of(url?.as_str().into())) })
}

include!(concat!(env!("OUT_DIR"), "/authentication/dynamic.rs"));
