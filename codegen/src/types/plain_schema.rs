//! Schemas without what makes no difference to a Rust type.

use std::mem::take;

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, IntegerFormat, IntegerType, NumberType, ReferenceOr, Schema, SchemaData, SchemaKind,
    StringType, Type, VariantOrUnknownOrEmpty,
};

use crate::spec::Spec;

/// The schema with this description; typify reads none beside a reference, but beside an `allOf` of one.
pub fn described(schema: ReferenceOr<Schema>, description: Option<String>) -> Schema {
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

/// Leaves structure, descriptions and `nullable`: each `type` and `format` is one Rust type. The server validates the
/// rest, and typify would make a type of each constraint, which loses what `format` stands for. Describes the properties
/// that only refer to a schema.
pub fn strip(spec: &Spec, schema: &mut ReferenceOr<Schema>) {
    if let ReferenceOr::Item(schema) = schema {
        strip_item(spec, schema);
    }
}

fn strip_item(spec: &Spec, schema: &mut Schema) {
    let SchemaData { description, nullable, .. } = take(&mut schema.schema_data);
    schema.schema_data = SchemaData { description, nullable, ..SchemaData::default() };
    match &mut schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => {
            let (format, enumeration) = (take(&mut string.format), take(&mut string.enumeration));
            *string = StringType { format, enumeration, ..StringType::default() };
        }
        SchemaKind::Type(Type::Integer(integer)) => {
            let format = VariantOrUnknownOrEmpty::Item(IntegerFormat::Int64);
            *integer = IntegerType { format, ..IntegerType::default() };
        }
        SchemaKind::Type(Type::Number(number)) => *number = NumberType::default(),
        SchemaKind::Type(Type::Array(array)) => {
            (array.min_items, array.max_items, array.unique_items) = (None, None, false);
            if let Some(ReferenceOr::Item(items)) = &mut array.items {
                strip_item(spec, items);
            }
        }
        SchemaKind::Type(Type::Object(object)) => {
            (object.min_properties, object.max_properties) = (None, None);
            strip_properties(spec, &mut object.properties, object.additional_properties.as_mut());
        }
        SchemaKind::AllOf { all_of } => strip_all(spec, all_of),
        // An `allOf` beside the keys of an object.
        SchemaKind::Any(any) => {
            (any.min_properties, any.max_properties) = (None, None);
            strip_properties(spec, &mut any.properties, any.additional_properties.as_mut());
            strip_all(spec, &mut any.all_of);
        }
        _ => {}
    }
}

fn strip_all(spec: &Spec, parts: &mut [ReferenceOr<Schema>]) {
    parts.iter_mut().for_each(|part| strip(spec, part));
}

fn strip_properties(
    spec: &Spec,
    properties: &mut IndexMap<String, ReferenceOr<Box<Schema>>>,
    additional: Option<&mut AdditionalProperties>,
) {
    for property in properties.values_mut() {
        match property {
            ReferenceOr::Item(schema) => strip_item(spec, schema),
            ReferenceOr::Reference { reference } => {
                let name = reference.rsplit('/').next().unwrap_or_default();
                let description = spec.schema(name).and_then(|schema| schema.description.clone());
                let reference = ReferenceOr::Reference { reference: take(reference) };
                *property = ReferenceOr::Item(Box::new(described(reference, description)));
            }
        }
    }
    if let Some(AdditionalProperties::Schema(schema)) = additional {
        strip(spec, schema);
    }
}
