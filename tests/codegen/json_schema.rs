//! The `JsonSchema` of every type agrees with the OpenAPI document.

use std::collections::BTreeSet;

use schemars::{JsonSchema, SchemaGenerator};
use serde_json::Value;

macro_rules! operations {
    ($($ignored:tt)*) => {};
}

macro_rules! url_operations {
    ($($ignored:tt)*) => {};
}

macro_rules! schemas {
    ($($name:ident: $ty:ident;)*) => {
        #[test]
        fn every_type_agrees_with_its_schema() {
            let document: serde_json::Value = serde_json::from_str(OPENAPI).unwrap();
            let mut compared = 0;
            $(
                super::compare::<types::$ty>(&document, stringify!($name));
                compared += 1;
            )*
            assert!(compared > 200, "only {compared} types");
        }
    };
}

mod authentication {
    use genauth::{OPENAPI, types};

    include!(concat!(env!("OUT_DIR"), "/authentication/test_cases.rs"));
}

#[cfg(feature = "management")]
mod management {
    use genauth::management::{OPENAPI, types};

    include!(concat!(env!("OUT_DIR"), "/management/test_cases.rs"));
}

fn compare<T: JsonSchema>(document: &Value, name: &str) {
    let mut generator = SchemaGenerator::default();
    let said = generator.root_schema_for::<T>().to_value();
    let described = &document["components"]["schemas"][name];
    if described.get("allOf").is_some() {
        return; // merged from its parts, which are compared themselves
    }
    assert_eq!(said["type"], described["type"], "{name}: type");

    let required = |schema: &Value| -> BTreeSet<String> {
        schema["required"].as_array().into_iter().flatten().map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(required(&said), required(described), "{name}: required");

    let properties = |schema: &Value| schema["properties"].as_object().cloned().unwrap_or_default();
    let (said_properties, described_properties) = (properties(&said), properties(described));
    let names = |map: &serde_json::Map<String, Value>| map.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(&said_properties), names(&described_properties), "{name}: properties");

    for (property, described) in &described_properties {
        let place = format!("{name}.{property}");
        let said_property = resolve(&said, &said_properties[property]);
        let described = resolve(document, described);
        assert_eq!(kind(&said_property), kind(&described), "{place}: type");
        if described["format"].is_string() {
            assert_eq!(said_property["format"], described["format"], "{place}: format");
        }
        if let Some(values) = described.get("enum") {
            assert_eq!(&said_property["examples"], values, "{place}: known values");
        }
        let description = &described_properties[property]["description"];
        if description.is_string() {
            assert_eq!(&said_properties[property]["description"], description, "{place}: description");
        }
    }
}

/// A schema's type, where it has one; an optional one less its `null`.
fn kind(schema: &Value) -> Value {
    match &schema["type"] {
        Value::Array(types) => types.iter().find(|kind| *kind != "null").cloned().unwrap_or_default(),
        kind => kind.clone(),
    }
}

/// Follows references, `allOf` of one, and `anyOf` with `null`.
fn resolve(root: &Value, schema: &Value) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        return resolve(root, root.pointer(&reference[1..]).unwrap());
    }
    if let Some([only]) = schema["allOf"].as_array().map(Vec::as_slice) {
        return resolve(root, only);
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let choice = choices.iter().find(|choice| choice["type"] != "null").unwrap();
        return resolve(root, choice);
    }
    schema.clone()
}
