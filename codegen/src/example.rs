//! The example request of an operation, as a call in Rust.

use serde_json::Value;

use crate::document::{self, Operation};
use crate::{Bundle, given, names, operations};

/// An access token, cut short.
const ACCESS_TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl";

/// The call with all that is required.
pub fn call(bundle: &Bundle, operation: &Operation) -> String {
    let (mut required, _) = values(bundle, operation);
    if operations::takes_token(operation) {
        required.insert(0, format!("{ACCESS_TOKEN:?}"));
    }
    format!("{}({})", names::value_name(operation.id()), required.join(", "))
}

/// The call with all that the example request has.
pub fn whole_call(bundle: &Bundle, operation: &Operation) -> String {
    let (_, setters) = values(bundle, operation);
    call(bundle, operation) + &setters
}

/// A value of `schema` as an argument of a function in Rust.
pub fn expression(bundle: &Bundle, schema: &Value, example: &Value) -> String {
    let target = document::reference(schema).map(|name| (name, &bundle.document["components"]["schemas"][name]));
    match (example, target) {
        (Value::String(text), _) if schema["format"] == "json" => format!("&serde_json::json!({text})"),
        (Value::String(text), _) => format!("{text:?}"),
        (Value::Number(number), _) if schema["type"] == "number" => format!("{number}_f64"),
        (Value::Number(_) | Value::Bool(_), _) => example.to_string(),
        (Value::Array(items), _) if schema["type"] == "array" => {
            let items: Vec<_> = items.iter().map(|item| expression(bundle, &schema["items"], item)).collect();
            format!("[{}]", items.join(", "))
        }
        (Value::Object(_), Some((name, target))) if target.get("properties").is_some() => {
            let (required, setters) = members(bundle, target, example);
            format!("genauth::types::{}::new({}){setters}", names::type_name(name), required.join(", "))
        }
        _ => format!("serde_json::json!({example})"),
    }
}

/// The required values of the request, and the setters for the rest.
fn values(bundle: &Bundle, operation: &Operation) -> (Vec<String>, String) {
    let (mut required, mut setters) = (Vec::new(), String::new());
    for parameter in operation.parameters().filter(|parameter| parameter.get(given::EXTENSION).is_none()) {
        let value = expression(bundle, &parameter["schema"], &parameter["example"]);
        if parameter["required"] == true {
            required.push(value);
        } else if parameter.get("example").is_some() {
            setters += &setter(&parameter["name"], &value);
        }
    }
    if let Some(name) = document::reference(&operation.request()["schema"]) {
        let schema = &bundle.document["components"]["schemas"][name];
        let (body, body_setters) = members(bundle, schema, &operation.request()["example"]);
        required.extend(body);
        setters += &body_setters;
    }
    (required, setters)
}

fn members(bundle: &Bundle, schema: &Value, example: &Value) -> (Vec<String>, String) {
    let names = || schema["required"].as_array().into_iter().flatten();
    let value = |name: &str| expression(bundle, &schema["properties"][name], &example[name]);
    let required = names().filter_map(Value::as_str).map(value).collect();
    let optional = example.as_object().into_iter().flatten().filter(|(name, _)| !names().any(|other| other == *name));
    let setters = optional.map(|(name, _)| setter(&Value::String(name.clone()), &value(name))).collect();
    (required, setters)
}

fn setter(name: &Value, value: &str) -> String {
    format!(".{}({value})", names::value_name(name.as_str().unwrap_or_default()))
}
