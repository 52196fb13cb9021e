//! The document in the form that progenitor expects.

use indexmap::IndexMap;
use openapiv3::{
    MediaType, ObjectType, OpenAPI, Parameter, ParameterData, ParameterSchemaOrContent, PathItem, ReferenceOr,
    Response, Responses, Schema, SchemaData, SchemaKind, Type,
};

use super::plain_schema::{described, strip};
use crate::diagnostic::Result;
use crate::spec::operation::{Kind, Method, Operation};
use crate::spec::{ENVELOPE, Spec};

/// Every parameter goes to progenitor under its name with this suffix, so that no parameter has the name of a local
/// variable in progenitor's code, or of the body. The request gets the names without it.
pub const PARAMETER_SUFFIX: &str = "_parameter";

/// The document with what the library reads itself left out: responses are bytes; envelopes, and the operations that
/// are not calls, are gone. The parameters of an operation are a schema of their own.
pub fn progenitor_input(spec: &Spec) -> Result<OpenAPI> {
    let mut document = spec.openapi()?;
    let mut schemas = std::mem::take(&mut document.components.get_or_insert_default().schemas);
    schemas.retain(|name, _| name != ENVELOPE && spec.schema(name).is_none_or(|it| spec.envelope_parts(it).is_none()));

    let mut paths = IndexMap::new();
    for operation in &spec.operations {
        let item = document.paths.paths.get_mut(&operation.path).and_then(as_item_mut);
        let Some(mut method) = item.and_then(|item| method_mut(item, operation.method).take()) else { continue };
        for parameter in parameters_mut(&mut method) {
            if let ParameterSchemaOrContent::Schema(schema) = &mut parameter.format {
                strip(spec, schema);
                // Absent is the only `null` outside of JSON.
                if let ReferenceOr::Item(schema) = schema {
                    schema.schema_data.nullable = false;
                }
            }
        }
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
    let requests = spec.request_schemas();
    for (name, schema) in &mut schemas {
        strip(spec, schema);
        if requests.contains(name.as_str()) {
            distinguish_empty_arrays(schema);
        }
    }
    document.components.get_or_insert_default().schemas = schemas;
    Ok(document)
}

/// Makes optional arrays `Option`s, since a request with an empty array says something else than one without it.
fn distinguish_empty_arrays(schema: &mut ReferenceOr<Schema>) {
    let Some(Schema { schema_kind: SchemaKind::Type(Type::Object(object)), .. }) = as_item_mut(schema) else { return };
    for (name, property) in &mut object.properties {
        if let (false, ReferenceOr::Item(property)) = (object.required.contains(name), property)
            && matches!(property.schema_kind, SchemaKind::Type(Type::Array(_)))
        {
            property.schema_data.nullable = true;
        }
    }
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
    for parameter in parameters_mut(&mut operation) {
        parameter.name += PARAMETER_SUFFIX;
    }
    operation
}

fn parameters_mut(operation: &mut openapiv3::Operation) -> impl Iterator<Item = &mut ParameterData> {
    operation.parameters.iter_mut().filter_map(as_item_mut).map(|parameter| match parameter {
        Parameter::Query { parameter_data, .. }
        | Parameter::Header { parameter_data, .. }
        | Parameter::Path { parameter_data, .. }
        | Parameter::Cookie { parameter_data, .. } => parameter_data,
    })
}

fn suffixed_path(operation: &Operation) -> String {
    operation.path.replace('}', &format!("{PARAMETER_SUFFIX}}}"))
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
