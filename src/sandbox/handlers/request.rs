//! A valid request, as handlers see it.

use serde_json::Value;

use super::error::ApiError;
use super::response::Response;
use crate::sandbox::store::browser_sessions::BrowserSession;
use crate::spec::OperationSpec;

pub struct Request {
    pub operation: &'static OperationSpec,
    /// The parameters of path and query, by name.
    pub parameters: Value,
    /// Whether the parameters are valid. Handlers of URLs for browsers check it themselves, since they may report an error
    /// to the application.
    pub parameter_check: Result<(), ApiError>,
    /// The body; `null` if the operation has none.
    pub body: Value,
    /// The authenticated OAuth client, if the operation requires one.
    pub client: Option<Client>,
    /// The session in the browser that sends the request.
    pub browser_session: Option<BrowserSession>,
    /// The cookie of that browser.
    pub cookie: Option<String>,
    /// The signed-in user, if the operation requires one.
    pub principal: Option<Principal>,
}

/// An OAuth client, by its type (RFC 6749, section 2.1).
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Client {
    /// It has authenticated with its secret.
    Confidential,
    /// It has only sent its id.
    Public,
}

/// The user on whose behalf a request is sent.
pub struct Principal {
    pub user_id: String,
    /// The scope of the access token.
    pub scope: String,
    /// Whether the request has the MFA token of a sign-in that requires a second factor.
    pub by_mfa_token: bool,
}

impl Request {
    pub fn principal(&self) -> Result<&Principal, ApiError> {
        self.principal.as_ref().ok_or_else(|| ApiError::unauthenticated("no user is signed in"))
    }

    /// The parameters and the properties of the body, in one object.
    #[cfg(feature = "management")]
    pub fn arguments(&self) -> Value {
        let mut arguments = self.parameters.as_object().cloned().unwrap_or_default();
        arguments.extend(self.body.as_object().cloned().unwrap_or_default());
        Value::Object(arguments)
    }

    pub fn check_parameters(&self) -> Result<(), ApiError> {
        self.parameter_check.clone()
    }

    /// The example of the response in the OpenAPI document.
    pub fn example(&self) -> Response {
        Response::example(self.operation)
    }

    /// The data in that example.
    pub fn example_data(&self) -> Value {
        match self.example() {
            Response::Json(mut envelope) => envelope["data"].take(),
            _ => Value::Null,
        }
    }
}
