//! The example request of an operation, as the arguments of a call in Rust.

use serde_json::Value;

use super::document::{self, Operation};
use super::{Bundle, names};

/// What stands between the parentheses of the call: the required values, in order.
pub fn arguments(bundle: &Bundle, operation: &Operation) -> String {
    let parameters = operation.parameters().filter(|parameter| parameter["required"] == true);
    let parameters = parameters.map(|parameter| {
        let example = parameter.get("example").unwrap_or(&parameter["schema"]["example"]);
        expression(bundle, &parameter["schema"], example)
    });
    let request = operation.request();
    let body = members(bundle, &request["schema"], &request["example"]);
    parameters.chain(body).collect::<Vec<_>>().join(", ")
}

/// The required members of `example`, an object of `schema`.
fn members(bundle: &Bundle, schema: &Value, example: &Value) -> Vec<String> {
    let schema = document::reference(schema).map_or(schema, |name| &bundle.document["components"]["schemas"][name]);
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    required.map(|name| expression(bundle, &schema["properties"][name], &example[name])).collect()
}

fn expression(bundle: &Bundle, schema: &Value, example: &Value) -> String {
    let named = document::reference(schema).map(|name| (name, &bundle.document["components"]["schemas"][name]));
    match (example, named) {
        (Value::String(text), _) => format!("{text:?}"),
        (Value::Number(_) | Value::Bool(_), _) => example.to_string(),
        (Value::Array(items), _) if schema["type"] == "array" => {
            let items: Vec<_> = items.iter().map(|item| expression(bundle, &schema["items"], item)).collect();
            format!("[{}]", items.join(", "))
        }
        (Value::Object(_), Some((name, target))) if target.get("properties").is_some() => {
            let arguments = members(bundle, target, example).join(", ");
            format!("genauth::types::{}::new({arguments})", names::type_name(name))
        }
        _ => format!("serde_json::json!({example})"),
    }
}
