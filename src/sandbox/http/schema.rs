//! JSON schemas.

use std::sync::OnceLock;

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use crate::sandbox::handlers::error::ApiError;

/// The named schemas of an API, in the order of their names, each in JSON.
pub type NamedSchemas = &'static [(&'static str, &'static str)];

const REFERENCE: &str = "#/components/schemas/";

/// A schema with the named schemas that it refers to, directly or not.
///
/// Its validator is compiled at the first use: compiling those of all operations takes seconds.
pub struct Schema {
    json: Value,
    validator: OnceLock<Result<Validator, String>>,
}

impl Schema {
    pub fn new(mut json: Value, all: NamedSchemas) -> Self {
        let mut named = Map::new();
        add_referenced(&json, all, &mut named);
        json["components"] = json!({ "schemas": named });
        Self { json, validator: OnceLock::new() }
    }

    /// The named schema of the OpenAPI document.
    pub fn named(name: &str, all: NamedSchemas) -> Self {
        Self::new(json!({ "$ref": format!("{REFERENCE}{name}") }), all)
    }

    pub fn as_json(&self) -> &Value {
        &self.json
    }

    /// Checks that a value conforms.
    ///
    /// # Errors
    ///
    /// Names the first place that does not conform, after `prefix`, and never its value.
    pub fn check(&self, value: &Value, prefix: &str) -> Result<(), ApiError> {
        // OpenAPI 3.0's schemas are those of draft 4, except for details that the document does not use.
        let compile = || {
            let mut schema = self.json.clone();
            allow_null(&mut schema);
            jsonschema::options().with_draft(Draft::Draft4).build(&schema).map_err(|error| error.to_string())
        };
        let validator = self.validator.get_or_init(compile).as_ref();
        let validator = validator.map_err(|error| ApiError::new(500, format!("invalid schema: {error}")))?;
        validator.validate(value).map_err(|error| {
            let place = error.instance_path().to_string();
            let place = if place.is_empty() { "request".to_owned() } else { place[1..].replace('/', ".") };
            ApiError::malformed(format!("{prefix}{place}: {}", error.masked()))
        })
    }
}

/// Replaces `nullable`, which draft 4 does not know, by the type `null`.
fn allow_null(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            members.values_mut().for_each(allow_null);
            if members.get("nullable") == Some(&json!(true))
                && let Some(ty) = members.get_mut("type")
            {
                *ty = json!([ty, "null"]);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(allow_null),
        _ => {}
    }
}

fn add_referenced(schema: &Value, all: NamedSchemas, named: &mut Map<String, Value>) {
    match schema {
        Value::Object(members) => {
            let reference = members.get("$ref").and_then(Value::as_str);
            if let Some(name) = reference.and_then(|reference| reference.strip_prefix(REFERENCE))
                && !named.contains_key(name)
            {
                let referenced = find(all, name);
                named.insert(name.to_owned(), referenced.clone());
                add_referenced(&referenced, all, named);
            }
            members.values().for_each(|member| add_referenced(member, all, named));
        }
        Value::Array(items) => items.iter().for_each(|item| add_referenced(item, all, named)),
        _ => {}
    }
}

fn find(all: NamedSchemas, name: &str) -> Value {
    let index = all.binary_search_by_key(&name, |(name, _)| name).expect("a schema refers to one that exists");
    serde_json::from_str(all[index].1).expect("a schema is JSON")
}
