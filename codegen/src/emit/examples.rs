//! The example request of an operation, as a call in Rust.

use proc_macro2::Ident;
use serde_json::Value;

use super::input::Input;
use super::{enums, fields};
use crate::spec::operation::Operation;
use crate::spec::schema::{Object, Schema, Shape};
use crate::spec::{Spec, idents};

/// A truncated access token.
const ACCESS_TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl";

/// The call with everything that is required.
pub fn call(spec: &Spec, operation: &Operation, input: &Input) -> String {
    let (mut required, _) = values(spec, operation, input);
    if operation.extensions.access_token_argument {
        required.insert(0, format!("{ACCESS_TOKEN:?}"));
    }
    format!("{}({})", operation.method_ident(), required.join(", "))
}

/// The call with everything that the example request has.
pub fn full_call(spec: &Spec, operation: &Operation, input: &Input) -> String {
    let (_, setters) = values(spec, operation, input);
    call(spec, operation, input) + &setters
}

/// A value that conforms to `schema`, as an argument of a function.
pub fn expression(spec: &Spec, schema: &Schema, example: &Value, required: bool) -> String {
    let resolved = spec.resolve(schema);
    match (&resolved.shape, example) {
        (Shape::Enum(_), Value::String(value)) if required => enum_value(spec, schema, value),
        (Shape::String(Some(format)), Value::String(json)) if format == "json" => {
            format!("&serde_json::json!({json})")
        }
        (_, Value::String(text)) => format!("{text:?}"),
        (Shape::Number, Value::Number(number)) => format!("{number}_f64"),
        (_, Value::Number(_) | Value::Bool(_)) => example.to_string(),
        (Shape::Array(items), Value::Array(values)) if values.is_empty() && is_text(spec, items) => {
            "[\"\"; 0]".to_owned()
        }
        (Shape::Array(items), Value::Array(values)) => {
            let values: Vec<_> = values.iter().map(|value| expression(spec, items, value, required)).collect();
            format!("[{}]", values.join(", "))
        }
        (Shape::Object(object), Value::Object(_)) if !object.properties.is_empty() && schema.reference().is_some() => {
            let (required, setters) = properties(spec, object, example, |name| Some(fields::setter_ident(name)));
            let name = idents::type_ident(schema.reference().unwrap_or_default());
            format!("{}::types::{name}::new({}){setters}", spec.api.public_module(), required.join(", "))
        }
        _ => format!("serde_json::json!({example})"),
    }
}

/// Whether an argument for it has any type that converts to its own.
fn is_text(spec: &Spec, schema: &Schema) -> bool {
    matches!(spec.resolve(schema).shape, Shape::String(_))
}

/// A variant, or an expression for a value that the document does not list.
fn enum_value(spec: &Spec, schema: &Schema, value: &str) -> String {
    let name = schema.reference().unwrap_or_default();
    let (module, ty) = (spec.api.public_module(), idents::type_ident(name));
    match enums::variant(spec, name, value) {
        Some(variant) => format!("{module}::types::{ty}::{variant}"),
        None => format!("{module}::types::{ty}::from({value:?})"),
    }
}

/// The required values of the request, and the setters for the others.
fn values(spec: &Spec, operation: &Operation, input: &Input) -> (Vec<String>, String) {
    let (mut required, mut setters) = (Vec::new(), String::new());
    for parameter in input.parameters.iter().flat_map(|part| &part.fields) {
        let value = |example| expression(spec, parameter.schema, example, parameter.required);
        if parameter.is_argument() {
            required.push(value(parameter.example.unwrap_or(&Value::Null)));
        } else if let (false, Some(example)) = (parameter.required, parameter.example) {
            setters += &format!(".{}({})", parameter.argument_ident, value(example));
        }
    }
    if let (Some(body), Some(part)) = (&operation.body, &input.body)
        && let Some(object) = spec.schema(&body.schema).and_then(Schema::object)
    {
        let field = |name: &str| part.fields.iter().find(|field| field.name == name);
        let setter = |name: &str| field(name).map(|field| field.argument_ident.clone());
        let (body, body_setters) = properties(spec, object, body.example.as_ref().unwrap_or(&Value::Null), setter);
        required.extend(body);
        setters += &body_setters;
    }
    (required, setters)
}

/// The required values of an object, and the setters for the others.
fn properties(
    spec: &Spec,
    object: &Object,
    example: &Value,
    setter: impl Fn(&str) -> Option<Ident>,
) -> (Vec<String>, String) {
    let value = |name: &str, required| {
        let property = object.property(name)?;
        Some(expression(spec, &property.schema, &example[name], required))
    };
    let required = object.required.iter().filter_map(|name| value(name, true)).collect();
    let optional = example.as_object().into_iter().flatten().filter(|(name, _)| !object.is_required(name));
    let setters = optional.filter_map(|(name, _)| Some(format!(".{}({})", setter(name)?, value(name, false)?)));
    (required, setters.collect())
}
