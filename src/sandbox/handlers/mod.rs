//! What the sandbox does rather than answer with an example: the description names it in
//! `x-genauth-sandbox`.

mod authorize;
mod cas;
mod configuration;
mod devices;
mod enrolling;
mod events;
mod factors;
mod issue_tokens;
mod log_out;
mod messages;
mod payload;
mod profile;
mod sign_in;
mod sign_up;
mod token_state;
mod wechat;

use serde_json::{Value, json};

use super::error::Refusal;
use super::response::Answer;
use super::state::State;
use super::validation::Request;

/// The whole answer, or why there is none.
pub type Outcome = Result<Answer, Refusal>;

/// Makes the answer to a request that has passed its checks.
#[derive(Clone, Copy)]
pub struct Behaviour {
    pub answer: fn(&mut State, &Request) -> Outcome,
    /// Whether a user who still owes the second factor may ask.
    pub takes_mfa_token: bool,
}

impl Behaviour {
    /// The answer that the description gives as its example.
    pub const EXAMPLE: Self = Self { answer: |_, request| Ok(request.example.clone()), takes_mfa_token: false };

    /// The behaviour that the description calls `name`.
    pub fn named(name: &str) -> Option<Self> {
        let answer = match name {
            "authorize" => authorize::plain,
            "authorize-openid" => authorize::openid,
            "begin-enrolling" => enrolling::begin,
            "cas-login" => cas::log_in,
            "cas-logout" => log_out::cas,
            "change-password" => profile::change_password,
            "change-profile" => profile::change,
            "check-mfa-token" => factors::check_mfa_token,
            "check-pass-code" => messages::check_code,
            "check-totp-code" => factors::check_totp_code,
            "end-profile-session" => log_out::profile,
            "end-session" => log_out::openid,
            "finish-enrolling" => enrolling::finish,
            "forget-device" => devices::forget,
            "introspect-token" => token_state::introspect,
            "issue-tokens" => issue_tokens::issue,
            "list-devices" => devices::list,
            "list-factors" => factors::list,
            "list-missing-factors" => enrolling::missing,
            "publish-event" => events::publish,
            "remove-factor" => factors::remove,
            "revoke-token" => token_state::revoke,
            "send-email" => messages::mail_code,
            "send-text-message" => messages::text_code,
            "show-claims" => token_state::claims,
            "show-configuration" => configuration::show,
            "show-factor" => factors::show,
            "show-keys" => configuration::keys,
            "show-profile" => profile::show,
            "sign-in" => sign_in::sign_in,
            "sign-out-device" => devices::sign_out,
            "sign-up" => sign_up::sign_up,
            "validate-ticket-1" => cas::validate_1,
            "validate-ticket-2" => cas::validate_2,
            "wechat-phone-code" => wechat::phone_number,
            _ => return None,
        };
        Some(Self { answer, takes_mfa_token: name == "check-totp-code" })
    }
}

/// An answer with data.
fn with_data(data: Value) -> Answer {
    Answer::Json(json!({ "statusCode": 200, "message": "Operation successful", "data": data }))
}

/// An answer that says that it is done, and no more.
fn done() -> Answer {
    Answer::Json(json!({ "statusCode": 200, "message": "Operation successful" }))
}
