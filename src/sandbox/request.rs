//! Checking a request against what the description says of its operation.

use std::collections::HashMap;

use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

/// An operation, as its requests are checked.
pub struct Operation {
    credentials: Vec<String>,
    parameters: Map<String, Value>,
    parameters_schema: Validator,
    body_schema: Option<Validator>,
    example: Value,
}

/// A request that has passed its checks.
pub struct Checked {
    /// Its body; `null` if the operation has none.
    pub body: Value,
    /// The answer that the description gives as its example.
    pub example: Value,
}

/// Why a request is refused: the API's status, and the reason in words.
pub type Refusal = (i64, String);

impl Operation {
    /// The operation that `spec` describes within `document`.
    pub fn new(document: &Value, spec: &Value) -> Result<Self, String> {
        let parameters: Map<_, _> = spec["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|parameter| Some((parameter["name"].as_str()?.to_owned(), parameter.clone())))
            .collect();
        let required: Vec<_> = parameters.iter().filter(|(_, p)| p["required"] == true).map(|(name, _)| name).collect();
        let properties: Map<_, _> =
            parameters.iter().map(|(name, parameter)| (name.clone(), parameter["schema"].clone())).collect();
        let mut parameters_schema = json!({ "type": "object", "properties": properties });
        if !required.is_empty() {
            parameters_schema["required"] = json!(required);
        }

        let security = spec.get("security").unwrap_or(&document["security"]);
        let body = spec["requestBody"]["content"]["application/json"].get("schema");
        Ok(Self {
            credentials: security[0].as_object().into_iter().flatten().map(|(scheme, _)| scheme.clone()).collect(),
            parameters_schema: validator(document, &parameters_schema)?,
            body_schema: body.map(|schema| validator(document, schema)).transpose()?,
            example: spec["responses"]["200"]["content"]["application/json"]["example"].clone(),
            parameters,
        })
    }

    /// Checks credentials, parameters and body.
    pub fn check(
        &self,
        headers: &HeaderMap,
        parameters: HashMap<String, String>,
        body: &[u8],
    ) -> Result<Checked, Refusal> {
        self.check_credentials(headers)?;
        conform(&self.parameters_schema, &self.typed(parameters), "parameter ")?;
        let body = match &self.body_schema {
            None => Value::Null,
            Some(schema) => {
                let is_json =
                    headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
                let body = is_json.then(|| serde_json::from_slice(body).ok()).flatten();
                let body = body.ok_or((400, "the body is not JSON, or its content type does not say so".to_owned()))?;
                conform(schema, &body, "")?;
                body
            }
        };
        Ok(Checked { body, example: self.example.clone() })
    }

    fn check_credentials(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let authorization = headers.get(AUTHORIZATION).map_or(&b""[..], |value| value.as_bytes());
        for scheme in &self.credentials {
            let (given, what) = match scheme.as_str() {
                "appId" => {
                    let given = ["x-genauth-app-id", "x-authing-app-id"].iter().any(|name| headers.contains_key(*name));
                    (given, "the application's id is missing")
                }
                "accessToken" => (authorization.starts_with(b"Bearer "), "not signed in: an access token is missing"),
                _ => (true, ""),
            };
            if !given {
                return Err((401, what.to_owned()));
            }
        }
        Ok(())
    }

    /// Parameters as the types that their schemas ask for, where their text allows it.
    fn typed(&self, parameters: HashMap<String, String>) -> Value {
        let typed = parameters.into_iter().map(|(name, text)| {
            let kind = self.parameters.get(&name).and_then(|parameter| parameter["schema"]["type"].as_str());
            let value = match kind {
                Some("integer" | "number" | "boolean") => serde_json::from_str(&text).ok(),
                _ => None,
            };
            (name, value.unwrap_or(Value::String(text)))
        });
        Value::Object(typed.collect())
    }
}

/// OpenAPI 3.0's schemas are those of JSON Schema draft 4, but for details that the description does not use.
fn validator(document: &Value, schema: &Value) -> Result<Validator, String> {
    let schema = json!({ "allOf": [schema], "components": document["components"] });
    jsonschema::options().with_draft(Draft::Draft4).build(&schema).map_err(|error| error.to_string())
}

/// Names the first place that does not conform, and never the value that stands there.
fn conform(schema: &Validator, value: &Value, kind: &str) -> Result<(), Refusal> {
    schema.validate(value).map_err(|error| {
        let place = error.instance_path().to_string();
        let place = if place.is_empty() { "request".to_owned() } else { place[1..].replace('/', ".") };
        (400, format!("{kind}{place}: {}", error.masked()))
    })
}
