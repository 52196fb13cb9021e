//! What the crate knows of an operation, as the description says it.

use std::fmt::Debug;

use reqwest::Request;
use serde::de::DeserializeOwned;

use crate::{Result, Secret, generated};

/// An operation of the API, as its OpenAPI description declares it.
///
/// Implemented by the types of this module alone.
#[diagnostic::on_unimplemented(message = "`{Self}` is not an operation of the API")]
pub trait Operation: Debug + Send + Sync + Sized + 'static {
    /// What a successful call yields.
    type Data: DeserializeOwned + Send;
    /// Its operationId.
    const ID: &'static str;
    #[doc(hidden)]
    const SECURITY: &'static [SecurityScheme];
    #[doc(hidden)]
    const RESPONSE: ResponseShape;
    #[doc(hidden)]
    const ENDPOINT: Endpoint;

    /// Where the body takes the application's id and secret.
    #[doc(hidden)]
    fn client_credentials(&mut self) -> Option<ClientCredentials<'_>> {
        None
    }

    /// The values that become segments of the path, each with its name.
    #[doc(hidden)]
    fn path_parameters(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    #[doc(hidden)]
    fn request(&self, requests: &generated::Client) -> Result<Request>;
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
    /// Whether sending a request twice has no other effect than sending it once.
    pub idempotent: bool,
}

/// A security scheme of the description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecurityScheme {
    /// The application's id in a header of its own.
    AppId,
    /// The signed-in user's access token.
    AccessToken,
    /// The application's id and secret.
    AppSecret,
    /// The same as OAuth 2.0 has it: an application without secret names itself in the body.
    OauthClient,
    /// The signed-in user's access token in the query of a WebSocket's URL.
    EventToken,
}

/// How an operation's answer is to be read.
#[derive(Clone, Copy, Debug)]
pub enum ResponseShape {
    /// `data` inside the envelope.
    Enveloped,
    /// The envelope alone.
    NoData,
    /// No envelope.
    Bare,
    /// Text that is not JSON.
    Text,
    /// Nothing.
    Empty,
    /// `data` inside the envelope, or another service's answer handed on in one of several places.
    UpstreamResponse(UpstreamResponse),
}

/// `x-genauth-upstream-response`: how another service's answer looks when it is handed on.
#[derive(Clone, Copy, Debug)]
pub struct UpstreamResponse {
    /// The member that holds what was asked for.
    pub payload: &'static str,
    /// The member with the other service's error code.
    pub code: &'static str,
    /// The member with its error message.
    pub message: &'static str,
    /// The code that means success.
    pub success: i64,
    /// The codes that mean too many calls.
    pub throttled: &'static [i64],
    /// The codes that may be gone when the call is repeated later.
    pub transient: &'static [i64],
}
