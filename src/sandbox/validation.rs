//! Checking a request against what the description says of its operation.

use std::collections::HashMap;
use std::sync::Arc;

use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use serde_json::{Map, Value, json};

use super::auth::{Caller, Credentials};
use super::error::Refusal;
use super::form;
use super::idp::browser_sessions::{self, Browser};
use super::idp::client::Client;
use super::response::Answer;
use super::spec::Schema;
use super::state::State;

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// An operation, as its requests are checked.
pub struct Operation {
    pub refusals: Refusals,
    credentials: Credentials,
    /// The type of each parameter.
    parameters: HashMap<String, String>,
    parameters_schema: Arc<Schema>,
    /// The media type of the body.
    media: &'static str,
    body_schema: Option<Schema>,
    example: Answer,
}

/// The form in which an operation says no.
#[derive(Clone, Copy)]
pub enum Refusals {
    /// The API's envelope.
    Envelope,
    /// An error of OAuth 2.0.
    Oauth,
    /// A page for the browser.
    Page,
}

/// A request that has passed its checks.
pub struct Request {
    /// Its parameters, of path and query, by name.
    pub parameters: Value,
    /// Its body; `null` if the operation has none.
    pub body: Value,
    /// The answer that the description gives as its example.
    pub example: Answer,
    /// Which application makes it, where OAuth 2.0 asks for that.
    pub client: Option<Client>,
    /// Who is logged in in the browser that makes it.
    pub browser: Option<Browser>,
    /// The cookie of that browser.
    pub cookie: Option<String>,
    /// For whom it is made, where the operation asks for that.
    caller: Option<Caller>,
    parameters_schema: Arc<Schema>,
}

impl Request {
    pub fn caller(&self) -> Result<&Caller, Refusal> {
        self.caller.as_ref().ok_or_else(|| Refusal::not_signed_in("nobody is signed in"))
    }

    /// Checks the parameters of an address, whose behaviour may have to send the browser back before.
    pub fn check_parameters(&self) -> Result<(), Refusal> {
        self.parameters_schema.check(&self.parameters, "parameter ")
    }
}

impl Operation {
    /// The operation of this path and method within `document`.
    pub fn new(document: &Value, path: &str, method: &str, mfa_token: bool) -> Self {
        let spec = &document["paths"][path][method];
        let security = spec.get("security").unwrap_or(&document["security"]);
        let content = &spec["requestBody"]["content"];
        let media = if content.get(FORM).is_some() { FORM } else { JSON };
        let body = ["paths", path, method, "requestBody", "content", media, "schema"];
        let parameters = || spec["parameters"].as_array().into_iter().flatten();
        let kind = |parameter: &Value| {
            let kind = parameter["schema"]["type"].as_str().unwrap_or_default().to_owned();
            Some((parameter["name"].as_str()?.to_owned(), kind))
        };
        Self {
            refusals: Refusals::of(document, spec),
            credentials: Credentials::new(security, mfa_token),
            parameters: parameters().filter_map(kind).collect(),
            parameters_schema: Arc::new(parameters_schema(parameters(), path, method)),
            media,
            body_schema: content[media].get("schema").map(|_| Schema::new(Schema::reference(&body))),
            example: Answer::example(spec),
        }
    }

    /// Checks credentials, parameters and body.
    pub fn check(
        &self,
        headers: &HeaderMap,
        parameters: HashMap<String, String>,
        body: &[u8],
        state: &State,
    ) -> Result<Request, Refusal> {
        let body = self.decode(headers, body)?;
        let told = body.as_ref().unwrap_or(&Value::Null);
        let caller = self.credentials.check(headers, told, state)?;
        let client = self.credentials.client(headers, told)?;
        let cookie = browser_sessions::cookie(headers, &state.provider.cookie_name());
        let request = Request {
            parameters: self.typed(parameters),
            body: self.check_body(body)?,
            example: self.example.clone(),
            client,
            browser: cookie.as_ref().and_then(|cookie| state.provider.browsers.get(cookie)).cloned(),
            cookie,
            caller,
            parameters_schema: Arc::clone(&self.parameters_schema),
        };
        if !matches!(self.refusals, Refusals::Page) {
            request.check_parameters()?;
        }
        Ok(request)
    }

    /// The body, if it is what its content type says, and that is what it should be.
    fn decode(&self, headers: &HeaderMap, body: &[u8]) -> Result<Option<Value>, Refusal> {
        match headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(self.media.as_bytes())) {
            true if self.media == FORM => form::decode(body).map(Some),
            true => Ok(serde_json::from_slice(body).ok()),
            false => Ok(None),
        }
    }

    fn check_body(&self, body: Option<Value>) -> Result<Value, Refusal> {
        let Some(schema) = &self.body_schema else { return Ok(Value::Null) };
        let kind = if self.media == FORM { "a form" } else { "JSON" };
        let missing = || Refusal::malformed(format!("the body is not {kind}, or its content type does not say so"));
        let body = body.ok_or_else(missing)?;
        schema.check(&body, "")?;
        Ok(body)
    }

    /// Parameters as the types that their schemas ask for, where their text allows it.
    fn typed(&self, parameters: HashMap<String, String>) -> Value {
        let typed = parameters.into_iter().map(|(name, text)| {
            let value = match self.parameters.get(&name).map(String::as_str) {
                Some("integer" | "number" | "boolean") => serde_json::from_str(&text).ok(),
                _ => None,
            };
            (name, value.unwrap_or(Value::String(text)))
        });
        Value::Object(typed.collect())
    }
}

impl Refusals {
    /// As the description says: by its refusals, if it has any, or as an address for browsers.
    fn of(document: &Value, spec: &Value) -> Self {
        let refusal = &spec["responses"]["4XX"];
        let place = refusal["$ref"].as_str().and_then(|place| place.strip_prefix('#'));
        let refusal = place.and_then(|place| document.pointer(place)).unwrap_or(refusal);
        if spec["x-genauth-url-only"] == true {
            Self::Page
        } else if refusal["content"][JSON]["schema"]["$ref"] == "#/components/schemas/OauthErrorDto" {
            Self::Oauth
        } else {
            Self::Envelope
        }
    }
}

fn parameters_schema<'a>(parameters: impl Iterator<Item = &'a Value>, path: &str, method: &str) -> Schema {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for (index, parameter) in parameters.enumerate() {
        let Some(name) = parameter["name"].as_str() else { continue };
        let schema = Schema::reference(&["paths", path, method, "parameters", &index.to_string(), "schema"]);
        properties.insert(name.to_owned(), schema);
        if parameter["required"] == true {
            required.push(name);
        }
    }
    let mut schema = json!({ "type": "object", "properties": properties });
    // Draft 4 has no empty `required`.
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    Schema::new(schema)
}
