//! Redacts requests: the OpenAPI document says what is secret.

use serde_json::{Map, Value};

use super::schema::Schema;
use crate::PhoneNumber;

const REDACTED: &str = "***";
/// The name of the member with the number of properties that are not in the schema.
const UNKNOWN: &str = "(unknown properties)";
/// The maximum length of strings, in characters, and of arrays; longer ones are truncated.
const MAX_STRING: usize = 200;
const MAX_ARRAY: usize = 20;

/// Redacts a value, whether it conforms to the schema or not: replaces secrets, and masks phone numbers. Properties
/// that are not in the schema may be secret, so they are left out, with their names.
pub fn redact(schema: &Schema, value: &Value) -> Value {
    redact_at(schema.as_json(), schema.as_json(), value)
}

/// Redacts by a part of the schema `root`.
fn redact_at(root: &Value, schema: &Value, value: &Value) -> Value {
    let schema = resolve(root, schema);
    match (schema["type"].as_str(), value) {
        (Some("object"), Value::Object(members)) => redact_object(root, schema, members),
        (None, Value::Object(members)) if schema.get("allOf").is_some() => redact_object(root, schema, members),
        (Some("array"), Value::Array(items)) => {
            items.iter().take(MAX_ARRAY).map(|item| redact_at(root, &schema["items"], item)).collect()
        }
        (Some("string" | "integer" | "number" | "boolean"), value) => redact_scalar(schema, value),
        _ => REDACTED.into(),
    }
}

fn redact_object(root: &Value, schema: &Value, members: &Map<String, Value>) -> Value {
    let mut unknown = 0;
    let mut object = Map::new();
    for (name, value) in members {
        match property(root, schema, name) {
            Some(property) => {
                object.insert(name.clone(), redact_at(root, property, value));
            }
            None => unknown += 1,
        }
    }
    if unknown > 0 {
        object.insert(UNKNOWN.to_owned(), unknown.into());
    }
    Value::Object(object)
}

fn redact_scalar(schema: &Value, value: &Value) -> Value {
    let string = match value {
        Value::String(string) => string.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => return REDACTED.into(),
    };
    match schema["format"].as_str() {
        // JSON in a string may contain anything.
        Some("json" | "password") => REDACTED.into(),
        Some("phone") => format!("{:?}", PhoneNumber::from(string)).into(),
        _ if !value.is_string() => value.clone(),
        _ => match string.char_indices().nth(MAX_STRING) {
            Some((end, _)) => format!("{}…", &string[..end]).into(),
            None => string.into(),
        },
    }
}

fn resolve<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let target = schema["$ref"].as_str().and_then(|reference| root.pointer(reference.strip_prefix('#')?));
    target.map_or(schema, |schema| resolve(root, schema))
}

/// The schema of a property, which may come from a part of an `allOf`.
fn property<'a>(root: &'a Value, schema: &'a Value, name: &str) -> Option<&'a Value> {
    let schema = resolve(root, schema);
    let mut parts = schema["allOf"].as_array().into_iter().flatten();
    schema["properties"].get(name).or_else(|| parts.find_map(|part| property(root, part, name)))
}
