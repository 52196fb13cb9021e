//! Checking a request against what the description says of its operation.

use std::collections::HashMap;

use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use serde_json::{Map, Value, json};

use super::credentials::{Caller, Credentials};
use super::description::Schema;
use super::refusal::Refusal;
use super::state::State;

/// An operation, as its requests are checked.
pub struct Operation {
    credentials: Credentials,
    /// The type of each parameter.
    parameters: HashMap<String, String>,
    parameters_schema: Schema,
    body_schema: Option<Schema>,
    example: Value,
}

/// A request that has passed its checks.
pub struct Request {
    /// Its parameters, of path and query, by name.
    pub parameters: Value,
    /// Its body; `null` if the operation has none.
    pub body: Value,
    /// The answer that the description gives as its example.
    pub example: Value,
    /// For whom it is made, where the operation asks for that.
    caller: Option<Caller>,
}

impl Request {
    pub fn caller(&self) -> Result<&Caller, Refusal> {
        self.caller.as_ref().ok_or_else(|| Refusal::not_signed_in("nobody is signed in"))
    }
}

impl Operation {
    /// The operation of this path and method within `document`.
    pub fn new(document: &Value, path: &str, method: &str, mfa_token: bool) -> Self {
        let spec = &document["paths"][path][method];
        let security = spec.get("security").unwrap_or(&document["security"]);
        let media = &spec["requestBody"]["content"]["application/json"];
        let body = ["paths", path, method, "requestBody", "content", "application/json", "schema"];
        let parameters = || spec["parameters"].as_array().into_iter().flatten();
        let kind = |parameter: &Value| {
            let kind = parameter["schema"]["type"].as_str().unwrap_or_default().to_owned();
            Some((parameter["name"].as_str()?.to_owned(), kind))
        };
        Self {
            credentials: Credentials::new(security, mfa_token),
            parameters: parameters().filter_map(kind).collect(),
            parameters_schema: parameters_schema(parameters(), path, method),
            body_schema: media.get("schema").map(|_| Schema::new(Schema::reference(&body))),
            example: spec["responses"]["200"]["content"]["application/json"]["example"].clone(),
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
        let is_json = headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
        let body: Option<Value> = is_json.then(|| serde_json::from_slice(body).ok()).flatten();
        let caller = self.credentials.check(headers, body.as_ref().unwrap_or(&Value::Null), state)?;
        let parameters = self.typed(parameters);
        self.parameters_schema.check(&parameters, "parameter ")?;
        let body = match &self.body_schema {
            None => Value::Null,
            Some(schema) => {
                let missing = || Refusal::malformed("the body is not JSON, or its content type does not say so");
                let body = body.ok_or_else(missing)?;
                schema.check(&body, "")?;
                body
            }
        };
        Ok(Request { parameters, body, example: self.example.clone(), caller })
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
