//! What the OpenAPI document says of an operation, as a trait.

use std::fmt::Debug;

use reqwest::Request;
use serde::de::DeserializeOwned;
use url::Url;

use crate::{Result, Secret};

/// An operation of the API.
///
/// Implemented by the types of [`operations`](crate::operations) only.
#[diagnostic::on_unimplemented(message = "`{Self}` is not an operation of the API")]
pub trait Operation: Debug + Send + Sync + Sized + 'static {
    /// The data of a successful response.
    type Data: DeserializeOwned + Send;
    /// The operationId.
    const ID: &'static str;
    #[doc(hidden)]
    const SECURITY: &'static [SecurityScheme];
    #[doc(hidden)]
    const RESPONSE: ResponseShape;
    /// What the envelope's data is taken to be where it is missing, as JSON.
    #[doc(hidden)]
    const DEFAULT_DATA: &'static str = "null";
    #[doc(hidden)]
    const ENDPOINT: Endpoint;

    /// The members of the body that take the application's id and secret.
    #[doc(hidden)]
    fn client_credentials(&mut self) -> Option<ClientCredentials<'_>> {
        None
    }

    /// The path parameters, by name, not encoded.
    #[doc(hidden)]
    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// Builds the request to `url`, which is that of the path with its parameters.
    #[doc(hidden)]
    fn request(&self, http: &reqwest::Client, url: Url) -> Result<Request>;
}

/// The members of a body that take the application's id and secret.
pub struct ClientCredentials<'a> {
    /// The id.
    pub id: &'a mut Option<String>,
    /// The secret.
    pub secret: &'a mut Option<Secret>,
}

/// Where an operation's requests go.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path's template, such as `/users/{id}`.
    pub path: &'static str,
    /// Whether sending a request twice has the same effect as sending it once.
    pub idempotent: bool,
}

/// A security scheme of the OpenAPI document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecurityScheme {
    /// The application's id in the header `x-…-app-id`.
    AppId,
    /// The signed-in user's access token.
    AccessToken,
    /// The application's id and secret.
    AppSecret,
    /// The application's id and secret, as RFC 6749 specifies: without a secret, the id goes into the body.
    OauthClient,
    /// The signed-in user's access token in the query of a WebSocket's URL.
    EventToken,
    /// The token that an access key is exchanged for, or a signature by the access key.
    #[cfg(feature = "management")]
    ManagementToken,
    /// A signature by the access key in the handshake of a WebSocket.
    #[cfg(feature = "management")]
    AccessKeySignature,
}

/// How an operation's response is read.
#[derive(Clone, Copy, Debug)]
pub enum ResponseShape {
    /// `data` of the envelope.
    Enveloped,
    /// The envelope, without data.
    NoData,
    /// JSON without an envelope.
    Bare,
    /// JSON without an envelope, with a `code` of its own that is no status unless a message stands beside it.
    BareWithCode,
    /// Plain text.
    Text,
    /// No body.
    Empty,
    /// `data` of the envelope, or an upstream service's response that the API passes through in one of several places.
    UpstreamResponse(UpstreamResponse),
}

impl ResponseShape {
    /// Whether the API reports everything in its envelope, rejections included.
    pub(crate) fn is_enveloped(self) -> bool {
        matches!(self, Self::Enveloped | Self::NoData | Self::UpstreamResponse(_))
    }
}

/// `x-genauth-upstream-response`: the form of an upstream service's response that the API passes through.
#[derive(Clone, Copy, Debug)]
pub struct UpstreamResponse {
    /// The member with the data.
    pub payload: &'static str,
    /// The member with the upstream error code.
    pub code: &'static str,
    /// The member with the upstream error message.
    pub message: &'static str,
    /// The code that means success.
    pub success: i64,
    /// The codes that mean too many requests.
    pub throttled: &'static [i64],
    /// The codes of transient errors.
    pub transient: &'static [i64],
}
