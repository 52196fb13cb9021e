//! How an application proves itself where OAuth 2.0 asks for that.

use base64::prelude::{BASE64_STANDARD, Engine};
use serde_json::Value;
use url::form_urlencoded;

use crate::sandbox::application::{APP_ID, APP_SECRET};
use crate::sandbox::error::Refusal;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Client {
    /// It has shown its secret.
    Proved,
    /// It has only said who it is, as an application without secret does.
    Named,
}

impl Client {
    /// Takes id and secret from `basic`, a header's credential, or from the form; or the id alone from the form.
    pub fn new(basic: Option<&str>, form: &Value) -> Result<Self, Refusal> {
        let (id, secret) = (form["client_id"].as_str(), form["client_secret"].as_str());
        let right = match (basic, secret) {
            (Some(_), Some(_)) => {
                return Err(Refusal::malformed("the application proves itself in two ways, and may in one only"));
            }
            (Some(credential), None) => is_application(credential).then_some(Self::Proved),
            (None, Some(secret)) => (id == Some(APP_ID) && secret == APP_SECRET).then_some(Self::Proved),
            (None, None) => (id == Some(APP_ID)).then_some(Self::Named),
        };
        right.ok_or_else(|| Refusal::wrong_client("the application's id or secret is missing or wrong"))
    }
}

/// Whether a `Basic` credential is the application's: id and secret, each encoded like a form.
fn is_application(credential: &str) -> bool {
    let pair = BASE64_STANDARD.decode(credential).ok().and_then(|pair| String::from_utf8(pair).ok());
    let decode = |part: &str| form_urlencoded::parse(part.as_bytes()).next().map(|(text, _)| text.into_owned());
    pair.as_deref().and_then(|pair| pair.split_once(':')).is_some_and(|(id, secret)| {
        decode(id).as_deref() == Some(APP_ID) && decode(secret).as_deref() == Some(APP_SECRET)
    })
}
