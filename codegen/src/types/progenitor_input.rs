//! The document in the form that progenitor expects.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, MediaType, ObjectType, OpenAPI, Parameter, ParameterSchemaOrContent, PathItem, ReferenceOr,
    Response, Responses, Schema, SchemaData, SchemaKind, Type,
};
use serde::Deserialize;

use crate::diagnostic::Result;
use crate::spec::operation::{Kind, Method, Operation};
use crate::spec::{ENVELOPE, Spec};

/// Every parameter goes to progenitor under its name with this suffix, so that no parameter has the name of a local
/// variable in progenitor's code, or of the body. The request gets the names without it.
pub const PARAMETER_SUFFIX: &str = "_parameter";

/// The document with what the library reads itself left out: responses are bytes; envelopes, and the operations that
/// are not calls, are gone. The parameters of an operation are a schema of their own.
pub fn progenitor_input(spec: &Spec) -> Result<OpenAPI> {
    let mut document = OpenAPI::deserialize(&spec.document.json).map_err(|error| {
        spec.diagnostic(&[], format!("not OpenAPI 3.0: {error}"), "compare it with the OpenAPI specification")
    })?;
    let mut schemas = std::mem::take(&mut document.components.get_or_insert_default().schemas);
    schemas.retain(|name, _| name != ENVELOPE && spec.schema(name).is_none_or(|it| spec.envelope_parts(it).is_none()));

    let mut paths = IndexMap::new();
    for operation in &spec.operations {
        let item = document.paths.paths.get_mut(&operation.path).and_then(as_item_mut);
        let Some(method) = item.and_then(|item| method_mut(item, operation.method).take()) else { continue };
        if let Some(parameters) = parameters_schema(&method) {
            schemas.insert(operation.parameters_name(), ReferenceOr::Item(parameters));
        }
        if operation.kind == Kind::Call {
            let item: &mut ReferenceOr<PathItem> =
                paths.entry(suffixed_path(operation)).or_insert_with(|| ReferenceOr::Item(PathItem::default()));
            if let Some(item) = as_item_mut(item) {
                *method_mut(item, operation.method) = Some(reduced(method));
            }
        }
    }
    document.paths.paths = paths;
    for schema in schemas.values_mut() {
        strip(spec, schema);
    }
    document.components.get_or_insert_default().schemas = schemas;
    Ok(document)
}

fn as_item_mut<T>(reference: &mut ReferenceOr<T>) -> Option<&mut T> {
    match reference {
        ReferenceOr::Item(item) => Some(item),
        ReferenceOr::Reference { .. } => None,
    }
}

fn method_mut(item: &mut PathItem, method: Method) -> &mut Option<openapiv3::Operation> {
    match method {
        Method::Get => &mut item.get,
        Method::Post => &mut item.post,
        Method::Put => &mut item.put,
        Method::Patch => &mut item.patch,
        Method::Delete => &mut item.delete,
    }
}

/// The operation with bytes as its response, and suffixed parameters.
fn reduced(mut operation: openapiv3::Operation) -> openapiv3::Operation {
    let bytes = IndexMap::from([("application/octet-stream".to_owned(), MediaType::default())]);
    let response = Response { content: bytes, ..Response::default() };
    operation.responses = Responses { default: Some(ReferenceOr::Item(response)), ..Responses::default() };
    for parameter in operation.parameters.iter_mut().filter_map(as_item_mut) {
        let (Parameter::Query { parameter_data, .. }
        | Parameter::Header { parameter_data, .. }
        | Parameter::Path { parameter_data, .. }
        | Parameter::Cookie { parameter_data, .. }) = parameter;
        parameter_data.name += PARAMETER_SUFFIX;
    }
    operation
}

fn suffixed_path(operation: &Operation) -> String {
    let segments = operation.path.split('/').map(|segment| match segment.strip_suffix('}') {
        Some(start) => format!("{start}{PARAMETER_SUFFIX}}}"),
        None => segment.to_owned(),
    });
    segments.collect::<Vec<_>>().join("/")
}

/// The schema that the parameters of an operation make up together.
fn parameters_schema(operation: &openapiv3::Operation) -> Option<Schema> {
    let (mut properties, mut required) = (IndexMap::new(), Vec::new());
    for parameter in operation.parameters.iter().filter_map(ReferenceOr::as_item) {
        let data = parameter.parameter_data_ref();
        let ParameterSchemaOrContent::Schema(schema) = &data.format else { continue };
        let schema = described(schema.clone(), data.description.clone());
        properties.insert(data.name.clone(), ReferenceOr::Item(Box::new(schema)));
        if data.required {
            required.push(data.name.clone());
        }
    }
    let description = format!("The parameters of `{}`", operation.operation_id.as_deref().unwrap_or_default());
    (!properties.is_empty()).then(|| Schema {
        schema_data: SchemaData { description: Some(description), ..SchemaData::default() },
        schema_kind: SchemaKind::Type(Type::Object(ObjectType { properties, required, ..ObjectType::default() })),
    })
}

/// The schema with this description; typify reads none beside a reference, but beside an `allOf` of one.
fn described(schema: ReferenceOr<Schema>, description: Option<String>) -> Schema {
    match schema {
        ReferenceOr::Item(mut schema) => {
            schema.schema_data.description = description;
            schema
        }
        reference => Schema {
            schema_data: SchemaData { description, ..SchemaData::default() },
            schema_kind: SchemaKind::AllOf { all_of: vec![reference] },
        },
    }
}

/// Removes examples and extensions, which would keep typify from recognizing equal schemas, and describes the properties
/// that only refer to a schema.
fn strip(spec: &Spec, schema: &mut ReferenceOr<Schema>) {
    let ReferenceOr::Item(schema) = schema else { return };
    strip_item(spec, schema);
}

fn strip_item(spec: &Spec, schema: &mut Schema) {
    schema.schema_data.example = None;
    schema.schema_data.extensions.clear();
    let strip_all = |parts: &mut Vec<ReferenceOr<Schema>>| parts.iter_mut().for_each(|part| strip(spec, part));
    match &mut schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            strip_properties(spec, &mut object.properties);
            strip_additional(spec, object.additional_properties.as_mut());
        }
        SchemaKind::Type(Type::Array(array)) => {
            if let Some(ReferenceOr::Item(items)) = &mut array.items {
                strip_item(spec, items);
            }
        }
        SchemaKind::Type(_) => {}
        SchemaKind::OneOf { one_of: parts }
        | SchemaKind::AllOf { all_of: parts }
        | SchemaKind::AnyOf { any_of: parts } => strip_all(parts),
        SchemaKind::Not { not } => strip(spec, not),
        SchemaKind::Any(any) => {
            strip_properties(spec, &mut any.properties);
            strip_additional(spec, any.additional_properties.as_mut());
            [&mut any.one_of, &mut any.all_of, &mut any.any_of].into_iter().for_each(strip_all);
        }
    }
}

fn strip_properties(spec: &Spec, properties: &mut IndexMap<String, ReferenceOr<Box<Schema>>>) {
    for property in properties.values_mut() {
        match property {
            ReferenceOr::Item(schema) => strip_item(spec, schema),
            ReferenceOr::Reference { reference } => {
                let name = reference.rsplit('/').next().unwrap_or_default();
                let description = spec.schema(name).and_then(|schema| schema.description.clone());
                let reference = ReferenceOr::Reference { reference: std::mem::take(reference) };
                *property = ReferenceOr::Item(Box::new(described(reference, description)));
            }
        }
    }
}

fn strip_additional(spec: &Spec, additional: Option<&mut AdditionalProperties>) {
    if let Some(AdditionalProperties::Schema(schema)) = additional {
        strip(spec, schema);
    }
}
