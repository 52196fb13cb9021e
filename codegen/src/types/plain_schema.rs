//! Schemas without what makes no difference to a Rust type.

use std::mem::take;

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, IntegerFormat, IntegerType, NumberType, ObjectType, ReferenceOr,
    Schema, SchemaData, SchemaKind, StringType, Type, VariantOrUnknownOrEmpty,
};

use super::formats::rust_type;
use crate::spec::Spec;
use crate::spec::schema::format_name;

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
    drop_constraints(&mut schema.schema_kind);
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

fn drop_constraints(kind: &mut SchemaKind) {
    match kind {
        SchemaKind::Type(Type::String(StringType { format, enumeration, .. })) => {
            let known = format_name(format).is_some_and(|name| rust_type(name).is_some());
            let format = if known { take(format) } else { VariantOrUnknownOrEmpty::Empty };
            let string = StringType { format, enumeration: take(enumeration), ..StringType::default() };
            *kind = SchemaKind::Type(Type::String(string));
        }
        SchemaKind::Type(Type::Integer(integer)) => {
            let format = VariantOrUnknownOrEmpty::Item(IntegerFormat::Int64);
            *integer = IntegerType { format, ..IntegerType::default() };
        }
        SchemaKind::Type(Type::Number(number)) => *number = NumberType::default(),
        SchemaKind::Type(Type::Array(ArrayType { min_items, max_items, unique_items, .. })) => {
            (*min_items, *max_items, *unique_items) = (None, None, false);
        }
        SchemaKind::Type(Type::Object(ObjectType {
            min_properties, max_properties, additional_properties, ..
        })) => {
            (*min_properties, *max_properties) = (None, None);
            drop_flag(additional_properties);
        }
        SchemaKind::Any(any) => {
            drop_flag(&mut any.additional_properties);
            let kept = take(any);
            *any = AnySchema {
                typ: kept.typ,
                properties: kept.properties,
                required: kept.required,
                additional_properties: kept.additional_properties,
                items: kept.items,
                one_of: kept.one_of,
                all_of: kept.all_of,
                any_of: kept.any_of,
                not: kept.not,
                ..AnySchema::default()
            };
        }
        _ => {}
    }
}

/// `additionalProperties: false` would make deserializing strict: servers may add properties at any time.
fn drop_flag(additional: &mut Option<AdditionalProperties>) {
    additional.take_if(|additional| matches!(additional, AdditionalProperties::Any(_)));
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
