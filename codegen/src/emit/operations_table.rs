//! What the document says of every operation, as static data: `src/spec.rs` declares its types.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use serde_json::{Map, Value};

use super::response_types;
use crate::spec::Spec;
use crate::spec::operation::{Body, ErrorFormat, Kind, Location, Operation, Parameter};
use crate::spec::sandbox::{Sandbox, SandboxCollection};
use crate::spec::schema::{Schema, Shape};
use crate::spec::{Tag, idents};

/// The tables `OPERATIONS`, `TAGS` and `SCHEMAS`, with one line for each row: formatting them takes as long as generating
/// everything else.
pub fn generate(spec: &Spec) -> String {
    let operations = spec.operations.iter().map(|operation| row(spec, operation));
    let tags =
        spec.tags.iter().map(|Tag { name, description }| quote!(TagSpec { name: #name, description: #description }));
    let schemas = spec.request_schemas().iter().filter_map(|name| {
        let json = spec.schemas.get(name)?.json.to_string();
        Some(quote!((#name, #json)))
    });
    let doc = "Every operation, in the order of the document.";
    let mut code = table(doc, "OPERATIONS: &[OperationSpec]", operations);
    code += &table("Every tag, in the order of the document.", "TAGS: &[TagSpec]", tags);
    let doc = "The named schemas that requests are made of, in the order of their names, each in JSON.";
    code += &table(doc, "SCHEMAS: &[(&str, &str)]", schemas);
    code
}

fn table(doc: &str, declaration: &str, rows: impl Iterator<Item = TokenStream>) -> String {
    let rows: String = rows.map(|row| format!("    {row},\n")).collect();
    format!("/// {doc}\npub static {declaration} = &[\n{rows}];\n")
}

fn row(spec: &Spec, operation: &Operation) -> TokenStream {
    let Operation { id, path, tag, summary, deprecated, .. } = operation;
    let (method, description) = (operation.method.name(), operation.description.trim_end());
    let kind = match operation.kind {
        Kind::Call => quote!(Call),
        Kind::UrlOnly => quote!(UrlOnly),
        Kind::WebSocket(_) => quote!(WebSocket),
    };
    let security = operation.security.iter().map(|scheme| idents::type_ident(&scheme.name));
    let parameters = operation.parameters.iter().map(|it| parameter(spec, it));
    let body = option(operation.body.as_ref().map(|it| body(spec, it)));
    let response = response(spec, operation);
    let error_format = match operation.error_format {
        ErrorFormat::Envelope => quote!(Envelope),
        ErrorFormat::OAuth => quote!(OAuth),
        ErrorFormat::Page => quote!(Page),
    };
    let sandbox = operation.extensions.sandbox.as_ref();
    let handler = option(sandbox.and_then(Sandbox::handler));
    let collection = option(sandbox.and_then(Sandbox::collection).map(|it| collection(spec, operation, it)));
    let routes = sandbox.into_iter().flat_map(Sandbox::routes).map(|(method, path)| quote!((#method, #path)));
    quote!(OperationSpec {
        id: #id, tag: #tag, method: #method, path: #path, summary: #summary, description: #description,
        deprecated: #deprecated, kind: OperationKind::#kind, security: &[#(SecurityScheme::#security),*],
        parameters: &[#(#parameters),*], body: #body, response: #response, error_format: ErrorFormat::#error_format,
        sandbox_handler: #handler, sandbox_collection: #collection, sandbox_routes: &[#(#routes),*],
    })
}

fn collection(spec: &Spec, operation: &Operation, collection: &SandboxCollection) -> TokenStream {
    let SandboxCollection { collection: name, key, action, argument, rename } = collection;
    let (argument, rename) = (option(argument.as_ref()), option(rename.as_ref()));
    let action = format_ident!("{action:?}");
    let (example, required) = item(spec, operation);
    let example = Value::Object(example).to_string();
    quote!(CollectionSpec {
        name: #name, key: &[#(#key),*], action: CollectionAction::#action, argument: #argument, rename: #rename,
        example: #example, required: &[#(#required),*],
    })
}

/// An item that the operation returns: its properties with the values of its example, `null` for those that may be
/// anything, and the names of the required ones.
fn item(spec: &Spec, operation: &Operation) -> (Map<String, Value>, Vec<String>) {
    let data = spec.data(operation).map(|data| spec.resolve(data));
    let example = operation.response.example.as_ref().map(|example| example.get("data").unwrap_or(example));
    let (Some(data), Some(example)) = (data, example) else { return Default::default() };
    let list = spec.properties(data).into_iter().find(|(property, _)| property.name == "list");
    let (schema, example) = match (list, &data.shape) {
        (Some((list, _)), _) => (&list.schema, &example["list"][0]),
        (None, Shape::Array(_)) => (data, &example[0]),
        (None, _) => (data, example),
    };
    let properties = spec.properties(schema);
    let required = properties.iter().filter(|(_, required)| *required).map(|(it, _)| it.name.clone()).collect();
    let values = properties.iter().filter_map(|(property, _)| {
        let value = example.get(&property.name)?;
        let is_any = matches!(spec.resolve(&property.schema).shape, Shape::Any);
        Some((property.name.clone(), if is_any { Value::Null } else { value.clone() }))
    });
    (values.collect(), required)
}

fn parameter(spec: &Spec, parameter: &Parameter) -> TokenStream {
    let Parameter { name, required, description, .. } = parameter;
    let location = match parameter.location {
        Location::Path => quote!(Path),
        Location::Query => quote!(Query),
        Location::Header | Location::Cookie => quote!(Header),
    };
    let client_supplied = parameter.client_supplied.is_some();
    let (value, schema) = (value(spec, &parameter.schema), parameter.json.to_string());
    let example = option(parameter.example.as_ref().map(ToString::to_string));
    quote!(ParameterSpec {
        name: #name, location: ParameterLocation::#location, required: #required, client_supplied: #client_supplied,
        description: #description, value: #value, schema: #schema, example: #example,
    })
}

fn body(spec: &Spec, body: &Body) -> TokenStream {
    let Body { media_type, schema, example } = body;
    let fields = spec.schema(schema).map(|schema| fields(spec, schema)).unwrap_or_default();
    let example = example.as_ref().map(ToString::to_string).unwrap_or_default();
    quote!(BodySpec { media_type: #media_type, schema: #schema, fields: &[#(#fields),*], example: #example })
}

fn response(spec: &Spec, operation: &Operation) -> TokenStream {
    let media_type = option(operation.response.content.media_type());
    let shape = match operation.kind {
        Kind::Call => response_types::shape(spec, operation),
        Kind::UrlOnly | Kind::WebSocket(_) => quote!(Empty),
    };
    let fields = spec.data(operation).map(|data| fields(spec, data)).unwrap_or_default();
    let example = option(operation.response.example.as_ref().map(ToString::to_string));
    quote!(ResponseSpec {
        media_type: #media_type, shape: ResponseShape::#shape, fields: &[#(#fields),*], example: #example,
    })
}

fn fields(spec: &Spec, schema: &Schema) -> Vec<TokenStream> {
    let fields = spec.properties(schema).into_iter().map(|(property, required)| {
        let (name, description) = (&property.name, spec.description(&property.schema));
        let value = value(spec, &property.schema);
        quote!(FieldSpec { name: #name, description: #description, required: #required, value: #value })
    });
    fields.collect()
}

fn value(spec: &Spec, schema: &Schema) -> TokenStream {
    let kind = match &spec.resolve(schema).shape {
        Shape::Enum(values) => {
            let values = values.iter().map(|value| &value.value);
            return quote!(ValueKind::Enum(&[#(#values),*]));
        }
        Shape::String(Some(format)) if format == "password" => "Secret",
        Shape::String(_) => "String",
        Shape::Boolean => "Boolean",
        Shape::Integer => "Integer",
        Shape::Number => "Number",
        Shape::Array(items) => match &spec.resolve(items).shape {
            Shape::Enum(_) => "StringList",
            Shape::String(format) if format.as_deref() != Some("password") => "StringList",
            _ => "Json",
        },
        _ => "Json",
    };
    let kind = format_ident!("{kind}");
    quote!(ValueKind::#kind)
}

fn option<T: ToTokens>(value: Option<T>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}
