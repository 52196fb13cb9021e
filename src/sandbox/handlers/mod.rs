//! The handlers that emulate the service's behavior; the OpenAPI document names them in `x-genauth-sandbox`.

mod account;
mod authorize;
mod cas;
mod configuration;
mod devices;
mod enrollment;
pub mod error;
mod events;
mod factors;
mod introspection;
mod logout;
#[cfg(feature = "management")]
mod management;
mod messages;
mod payload;
mod profile;
mod qr_code;
mod qr_code_login;
pub mod request;
pub mod response;
mod sign_in;
mod sign_up;
mod social_login;
mod token_endpoint;
mod userinfo;
mod wechat;

use serde_json::{Value, json};

use super::store::state::State;
use crate::spec::OperationSpec;
use error::ApiError;
use request::Request;
use response::Response;

/// Without the feature, what administrators set is not there: responses are examples.
#[cfg(not(feature = "management"))]
mod management {
    use super::Handler;

    pub static HANDLERS: &[(&str, Handler)] = &[("check-permission", Handler::EXAMPLE)];
    pub const COLLECTION: Handler = Handler::EXAMPLE;
}

pub type HandlerResult = Result<Response, ApiError>;

/// Handles valid requests of an operation.
#[derive(Clone, Copy)]
pub struct Handler {
    pub handle: fn(&mut State, &Request) -> HandlerResult,
    /// Whether it accepts the MFA token of a sign-in that requires a second factor in place of an access token.
    pub accepts_mfa_token: bool,
    /// Whether it checks required parameters itself, to report a missing one in the form of its protocol.
    pub checks_parameters: bool,
    /// Changes the document's example request, given with the example response, into one that the sandbox accepts.
    pub prepare_example: Option<fn(&mut State, &mut Value, &Value)>,
}

/// Every handler, by its name in the OpenAPI document.
static HANDLERS: &[(&str, Handler)] = &[
    ("add-email", Handler::new(account::add_email)),
    ("add-phone", Handler::new(account::add_phone)),
    ("authorize", Handler::new(authorize::oauth)),
    ("authorize-openid", Handler::new(authorize::openid)),
    ("cas-login", Handler::new(cas::login)),
    ("cas-logout", Handler::new(logout::cas)),
    ("change-password", Handler::new(profile::change_password)),
    ("change-qr-code-status", Handler::new(qr_code_login::change_status)),
    ("check-mfa-token", Handler::new(factors::check_mfa_token)),
    ("check-pass-code", Handler::new(messages::check_pass_code)),
    ("check-totp-code", Handler { accepts_mfa_token: true, ..Handler::new(factors::check_totp_code) }),
    ("complete-enrollment", Handler::new(enrollment::complete)),
    ("create-qr-code", Handler::new(qr_code_login::create)),
    ("delete-account", Handler::new(account::delete)),
    ("end-session", Handler::new(logout::openid)),
    ("exchange-qr-code-ticket", Handler::new(qr_code_login::exchange_ticket)),
    ("get-configuration", Handler::new(configuration::discovery)),
    ("get-factor", Handler::new(factors::get)),
    ("get-jwks", Handler::new(configuration::jwks)),
    ("get-profile", Handler::new(profile::get)),
    ("get-qr-code-status", Handler::new(qr_code_login::status)),
    ("get-userinfo", Handler::new(userinfo::get)),
    ("introspect-token", Handler::new(introspection::introspect)),
    ("issue-tokens", Handler::new(token_endpoint::issue)),
    ("list-available-factors", Handler::new(enrollment::list_available)),
    ("list-devices", Handler::new(devices::list)),
    ("list-factors", Handler::new(factors::list)),
    ("logout", Handler::new(logout::any_protocol)),
    ("mail-pass-code", Handler::new(messages::mail)),
    ("publish-event", Handler::new(events::publish)),
    ("remove-device", Handler::new(devices::remove)),
    ("remove-email", Handler::new(account::remove_email)),
    ("remove-factor", Handler::new(factors::remove)),
    ("remove-phone", Handler::new(account::remove_phone)),
    ("revoke-token", Handler::new(introspection::revoke)),
    ("set-password", Handler::new(account::set_password)),
    ("sign-in", Handler::new(sign_in::sign_in)),
    ("sign-in-by-social-login", Handler::new(social_login::sign_in)),
    ("sign-out-device", Handler::new(devices::sign_out)),
    ("sign-up", Handler::new(sign_up::sign_up)),
    ("start-enrollment", Handler::new(enrollment::start)),
    ("text-pass-code", Handler::new(messages::text)),
    ("update-profile", Handler::new(profile::update)),
    ("validate-ticket-v1", Handler { checks_parameters: true, ..Handler::new(cas::validate_v1) }),
    ("validate-ticket-v2", Handler { checks_parameters: true, ..Handler::new(cas::validate_v2) }),
    ("verify-deletion", Handler::new(account::verify_deletion)),
    ("verify-password-reset", Handler::new(account::verify_password_reset)),
    (
        "wechat-phone-number",
        Handler { prepare_example: Some(wechat::prepare_example), ..Handler::new(wechat::phone_number) },
    ),
];

impl Handler {
    /// Responds with the example in the OpenAPI document.
    pub const EXAMPLE: Self = Self::new(|_, request| Ok(request.example()));

    const fn new(handle: fn(&mut State, &Request) -> HandlerResult) -> Self {
        Self { handle, accepts_mfa_token: false, checks_parameters: false, prepare_example: None }
    }

    pub fn find(name: &str) -> Option<Self> {
        let handlers = HANDLERS.iter().chain(management::HANDLERS);
        handlers.into_iter().find(|(known, _)| *known == name).map(|(_, handler)| *handler)
    }

    /// The handler of an operation.
    ///
    /// # Errors
    ///
    /// The name of a handler that does not exist.
    pub fn of(operation: &OperationSpec) -> Result<Self, &'static str> {
        match operation.sandbox_handler {
            Some(name) => Self::find(name).ok_or(name),
            None if operation.sandbox_collection.is_some() => Ok(management::COLLECTION),
            None => Ok(Self::EXAMPLE),
        }
    }
}

/// A successful response with data.
fn ok(data: Value) -> Response {
    Response::Json(json!({ "statusCode": 200, "message": "Operation successful", "data": data }))
}

/// A successful response without data.
fn ok_empty() -> Response {
    Response::Json(json!({ "statusCode": 200, "message": "Operation successful" }))
}
