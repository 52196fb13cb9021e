//! The document in the form that progenitor takes.

use openapiv3::OpenAPI;
use serde_json::{Map, Value, json};

use crate::document::{SCHEMAS, operations};
use crate::parameters::parameters_schema;
use crate::types::enveloped;
use crate::{Bundle, Problem};

/// The document as progenitor is to see it: answers come back as bytes, to be read in one place of
/// the crate; each operation's parameters are a schema; what only concerns us is left out.
pub fn for_progenitor(bundle: &Bundle) -> Result<OpenAPI, Vec<Problem>> {
    let mut document = bundle.document.clone();
    let bytes = json!({ "default": {
        "description": "", "content": { "application/octet-stream": {} }
    }});
    for operation in operations(&bundle.document) {
        if operation.is_address() || operation.is_socket() {
            if let Some(item) = document["paths"][operation.path].as_object_mut() {
                item.remove(operation.method);
            }
        } else {
            document["paths"][operation.path][operation.method]["responses"] = bytes.clone();
        }
        if let Some((name, schema)) = parameters_schema(&operation) {
            document["components"]["schemas"][name] = schema;
        }
    }
    if let Some(schemas) = document["components"]["schemas"].as_object_mut() {
        schemas.retain(|name, schema| name != "Envelope" && enveloped(schema).is_none());
    }
    strip(&mut document, false);
    describe_references(&mut document);
    serde_json::from_value(document).map_err(|error| {
        vec![bundle.problem(&[], format!("not OpenAPI 3.0: {error}"), "compare it with the OpenAPI specification")]
    })
}

/// Gives a property that only refers to a schema that schema's description.
fn describe_references(document: &mut Value) {
    let Some(schemas) = document["components"]["schemas"].as_object_mut() else { return };
    let descriptions: Map<_, _> = schemas.iter().map(|(name, s)| (name.clone(), s["description"].clone())).collect();
    let properties = schemas.values_mut().filter_map(|schema| schema.get_mut("properties")?.as_object_mut());
    for property in properties.flat_map(|properties| properties.values_mut()) {
        if let Some(name) = property["$ref"].as_str().and_then(|reference| reference.strip_prefix(SCHEMAS)) {
            *property = json!({ "description": descriptions.get(name), "allOf": [property] });
        }
    }
}

/// Removes examples and extensions, which would keep equal schemas from being recognized as equal.
fn strip(value: &mut Value, names: bool) {
    match value {
        Value::Object(members) => {
            if !names {
                members.retain(|key, _| key != "example" && !key.starts_with("x-"));
            }
            for (key, member) in members {
                strip(member, !names && matches!(key.as_str(), "properties" | "schemas"));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| strip(item, false)),
        _ => {}
    }
}
