//! What of a request may be shown: the description says what is secret.

use serde_json::{Map, Value};

use crate::PhoneNumber;

const HIDDEN: &str = "***";
/// Where the members of an object are counted that the description does not have.
const UNDESCRIBED: &str = "(not described)";
/// The longest text, in characters, and the longest array that are shown whole.
const LONGEST_TEXT: usize = 200;
const LONGEST_ARRAY: usize = 20;

/// `value`, conforming to `schema` or not, without its secrets: they are hidden, phone numbers masked. What the
/// description does not have may be anything, so it is hidden too, with its name.
pub fn shown(document: &Value, schema: &Value, value: &Value) -> Value {
    let schema = resolve(document, schema);
    match (schema["type"].as_str(), value) {
        (Some("object"), Value::Object(members)) => object(document, schema, members),
        (None, Value::Object(members)) if schema.get("allOf").is_some() => object(document, schema, members),
        (Some("array"), Value::Array(items)) => {
            items.iter().take(LONGEST_ARRAY).map(|item| shown(document, &schema["items"], item)).collect()
        }
        (Some("string" | "integer" | "number" | "boolean"), value) => scalar(schema, value),
        _ => HIDDEN.into(),
    }
}

fn object(document: &Value, schema: &Value, members: &Map<String, Value>) -> Value {
    let mut undescribed = 0;
    let mut object = Map::new();
    for (name, value) in members {
        match property(document, schema, name) {
            Some(property) => {
                object.insert(name.clone(), shown(document, property, value));
            }
            None => undescribed += 1,
        }
    }
    if undescribed > 0 {
        object.insert(UNDESCRIBED.to_owned(), undescribed.into());
    }
    Value::Object(object)
}

fn scalar(schema: &Value, value: &Value) -> Value {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => return HIDDEN.into(),
    };
    match schema["format"].as_str() {
        // A text of JSON may hold anything.
        Some("json" | "password") => HIDDEN.into(),
        Some("phone") => format!("{:?}", PhoneNumber::from(text)).into(),
        _ if !value.is_string() => value.clone(),
        _ => match text.char_indices().nth(LONGEST_TEXT) {
            Some((end, _)) => format!("{}…", &text[..end]).into(),
            None => text.into(),
        },
    }
}

fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let place = schema["$ref"].as_str().and_then(|reference| document.pointer(reference.strip_prefix('#')?));
    place.map_or(schema, |schema| resolve(document, schema))
}

/// The schema of a property, which may come from a part of an `allOf`.
fn property<'a>(document: &'a Value, schema: &'a Value, name: &str) -> Option<&'a Value> {
    let schema = resolve(document, schema);
    let mut parts = schema["allOf"].as_array().into_iter().flatten();
    schema["properties"].get(name).or_else(|| parts.find_map(|part| property(document, part, name)))
}
