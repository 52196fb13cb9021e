//! The description with a mark in every value of its examples that must not be seen. `tests/promises/leaks.rs` makes
//! every call with it, and looks for the mark.

use serde_json::Value;

use crate::{Bundle, document};

/// Four letters: as long as the part of a phone number that `Debug` hides.
const SECRET: &str = "a-ZQXJ-secret";
const PHONE: &str = "+86188ZQXJ8888";

/// Puts marks into the example of every request, parameter and answer.
pub fn mark(bundle: &Bundle) -> Bundle {
    let mut marked = bundle.clone();
    for operation in document::operations(&bundle.document) {
        let target = &mut marked.document["paths"][operation.path][operation.method];
        for parameter in target["parameters"].as_array_mut().into_iter().flatten() {
            let schema = parameter["schema"].clone();
            mark_value(&bundle.document, &schema, &mut parameter["example"]);
        }
        for place in ["/requestBody/content", "/responses/200/content", "/responses/2XX/content"] {
            let contents = target.pointer_mut(place).and_then(Value::as_object_mut);
            for media in contents.into_iter().flat_map(|contents| contents.values_mut()) {
                let schema = media["schema"].clone();
                mark_value(&bundle.document, &schema, &mut media["example"]);
            }
        }
    }
    marked
}

fn mark_value(document: &Value, schema: &Value, example: &mut Value) {
    let schema = resolve(document, schema);
    match example {
        Value::String(text) => match schema["format"].as_str() {
            Some("password") => SECRET.clone_into(text),
            Some("phone") => PHONE.clone_into(text),
            Some("json") => *text = format!("\"{SECRET}\""),
            // Free-form data may hold anything.
            _ if is_free_form(schema) => SECRET.clone_into(text),
            _ => {}
        },
        Value::Array(items) => items.iter_mut().for_each(|item| mark_value(document, &schema["items"], item)),
        Value::Object(members) => {
            for (name, member) in members {
                let property = property(document, schema, name).unwrap_or(&schema["additionalProperties"]);
                mark_value(document, property, member);
            }
        }
        _ => {}
    }
}

fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match document::reference(schema) {
        Some(name) => resolve(document, &document["components"]["schemas"][name]),
        None => schema,
    }
}

/// The schema of a property, which may come from a part of an `allOf`.
fn property<'a>(document: &'a Value, schema: &'a Value, name: &str) -> Option<&'a Value> {
    let schema = resolve(document, schema);
    let parts = schema["allOf"].as_array().into_iter().flatten();
    schema["properties"].get(name).or_else(|| parts.into_iter().find_map(|part| property(document, part, name)))
}

fn is_free_form(schema: &Value) -> bool {
    !["type", "properties", "allOf", "oneOf", "anyOf", "enum"].iter().any(|key| schema.get(key).is_some())
}
