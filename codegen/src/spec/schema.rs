//! Schemas, as far as the generated code depends on them.

use std::borrow::Borrow;

use openapiv3::{AdditionalProperties, ReferenceOr, SchemaKind, StringFormat, Type, VariantOrUnknownOrEmpty};
use proc_macro2::Ident;
use serde_json::Value;

use super::extensions::{ErrorCode, ExtensionError, SchemaExtensions};
use super::idents;

const PREFIX: &str = "#/components/schemas/";

/// A schema.
#[derive(Debug)]
pub struct Schema {
    /// Its own description.
    pub description: Option<String>,
    pub nullable: bool,
    pub example: Option<Value>,
    /// The value that a missing property stands for.
    pub default: Option<Value>,
    /// Other names under which servers send the property.
    pub other_names: Vec<String>,
    /// Whether items that cannot be read are left out.
    pub skip_unreadable_items: bool,
    /// Whether requests of some API consist of it.
    pub used_in_requests: bool,
    /// Documented values, which become constants.
    pub error_codes: Vec<ErrorCode>,
    pub shape: Shape,
}

/// What values conform to a schema.
#[derive(Debug)]
pub enum Shape {
    /// Those of a named schema.
    Ref(String),
    /// Strings, with the value of `format`.
    String(Option<String>),
    Enum(Vec<EnumValue>),
    /// An enum of values other than strings.
    OtherEnum,
    Boolean,
    Integer,
    Number,
    Array(Box<Schema>),
    Object(Object),
    /// Those that conform to all of these.
    AllOf(Vec<Schema>),
    /// Any.
    Any,
    /// One of the kinds that only progenitor interprets.
    Other(Vec<Schema>),
}

/// A value of a string enum.
#[derive(Debug)]
pub struct EnumValue {
    pub value: String,
    /// The name of its variant, where the document sets one.
    pub variant: Option<String>,
    pub description: Option<String>,
}

/// An object with named properties, or a map.
#[derive(Debug)]
pub struct Object {
    pub properties: Vec<Property>,
    /// The required properties, in the order of the document.
    pub required: Vec<String>,
    /// The schema of all other properties, where the document has one.
    pub additional: Option<Box<Schema>>,
}

/// A property of an object.
#[derive(Debug)]
pub struct Property {
    pub name: String,
    pub schema: Schema,
}

impl Object {
    pub fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    pub fn is_required(&self, name: &str) -> bool {
        self.required.iter().any(|required| required == name)
    }
}

impl Property {
    pub fn ident(&self) -> Ident {
        idents::value_ident(&self.name)
    }
}

impl Schema {
    fn of_shape(shape: Shape) -> Self {
        let (description, example, error_codes) = (None, None, Vec::new());
        Self {
            description,
            nullable: false,
            example,
            default: None,
            other_names: Vec::new(),
            skip_unreadable_items: false,
            used_in_requests: false,
            error_codes,
            shape,
        }
    }

    /// The named schema that it refers to.
    pub fn reference(&self) -> Option<&str> {
        match &self.shape {
            Shape::Ref(name) => Some(name),
            _ => None,
        }
    }

    pub fn object(&self) -> Option<&Object> {
        match &self.shape {
            Shape::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Whether it is a string that nobody may see.
    pub fn is_secret(&self) -> bool {
        matches!(&self.shape, Shape::String(Some(format)) if format == "password")
    }

    /// The schemas that it is made of.
    pub fn parts(&self) -> impl Iterator<Item = &Schema> {
        let (several, one, properties): (&[Schema], Option<&Schema>, &[Property]) = match &self.shape {
            Shape::AllOf(parts) | Shape::Other(parts) => (parts, None, &[]),
            Shape::Array(items) => (&[], Some(items), &[]),
            Shape::Object(object) => (&[], object.additional.as_deref(), &object.properties),
            _ => (&[], None, &[]),
        };
        several.iter().chain(one).chain(properties.iter().map(|property| &property.schema))
    }
}

/// Reads schemas, and collects what is wrong with their extensions.
pub struct Reader<'a> {
    pub errors: &'a mut Vec<(Vec<String>, ExtensionError)>,
}

impl Reader<'_> {
    /// Reads the schema at `place`.
    pub fn read(&mut self, place: &[&str], schema: &ReferenceOr<impl Borrow<openapiv3::Schema>>) -> Schema {
        match schema {
            ReferenceOr::Reference { reference } => Schema::of_shape(referred(reference)),
            ReferenceOr::Item(schema) => self.read_item(place, schema.borrow()),
        }
    }

    fn read_item(&mut self, place: &[&str], schema: &openapiv3::Schema) -> Schema {
        let data = &schema.schema_data;
        let (extensions, errors) = SchemaExtensions::read(data);
        let owned = || place.iter().map(ToString::to_string).collect();
        self.errors.extend(errors.into_iter().map(|error| (owned(), error)));
        let shape = self.shape(place, &schema.schema_kind, &extensions);
        Schema {
            description: data.description.clone(),
            nullable: data.nullable,
            example: data.example.clone(),
            default: data.default.clone(),
            other_names: extensions.other_names,
            skip_unreadable_items: extensions.skip_unreadable_items,
            used_in_requests: extensions.used_in_requests,
            error_codes: extensions.error_codes,
            shape,
        }
    }

    fn shape(&mut self, place: &[&str], kind: &SchemaKind, extensions: &SchemaExtensions) -> Shape {
        match kind {
            SchemaKind::Type(Type::String(string)) if !string.enumeration.is_empty() => {
                Shape::Enum(enum_values(&string.enumeration, extensions))
            }
            SchemaKind::Type(Type::String(string)) => Shape::String(format_name(&string.format).map(ToOwned::to_owned)),
            SchemaKind::Type(Type::Boolean(_)) => Shape::Boolean,
            SchemaKind::Type(Type::Integer(integer)) if integer.enumeration.is_empty() => Shape::Integer,
            SchemaKind::Type(Type::Number(number)) if number.enumeration.is_empty() => Shape::Number,
            SchemaKind::Type(Type::Integer(_) | Type::Number(_)) => Shape::OtherEnum,
            SchemaKind::Type(Type::Array(array)) => Shape::Array(Box::new(match &array.items {
                Some(items) => self.read(&[place, &["items"]].concat(), items),
                None => Schema::of_shape(Shape::Any),
            })),
            SchemaKind::Type(Type::Object(object)) => Shape::Object(Object {
                properties: self.properties(place, object.properties.iter()),
                required: object.required.clone(),
                additional: self.additional(place, object.additional_properties.as_ref()),
            }),
            SchemaKind::AllOf { all_of } => self.all_of(place, all_of, None),
            SchemaKind::OneOf { one_of } => Shape::Other(self.read_all(place, "oneOf", one_of)),
            SchemaKind::AnyOf { any_of } => Shape::Other(self.read_all(place, "anyOf", any_of)),
            SchemaKind::Not { not } => Shape::Other(vec![self.read(&[place, &["not"]].concat(), &**not)]),
            SchemaKind::Any(any) if !any.all_of.is_empty() || !any.properties.is_empty() => {
                let object = Object {
                    properties: self.properties(place, any.properties.iter()),
                    required: any.required.clone(),
                    additional: self.additional(place, any.additional_properties.as_ref()),
                };
                self.all_of(place, &any.all_of, Some(object))
            }
            SchemaKind::Any(any) if any.typ.is_none() && any.enumeration.is_empty() => Shape::Any,
            SchemaKind::Any(any) if !any.enumeration.is_empty() => Shape::OtherEnum,
            SchemaKind::Any(_) => Shape::Other(Vec::new()),
        }
    }

    /// What conforms to all of `parts`, and to the `object` beside them.
    fn all_of(&mut self, place: &[&str], parts: &[ReferenceOr<openapiv3::Schema>], object: Option<Object>) -> Shape {
        let object =
            object.filter(|it| !it.properties.is_empty() || !it.required.is_empty() || it.additional.is_some());
        match (parts, object) {
            ([], Some(object)) => Shape::Object(object),
            ([ReferenceOr::Reference { reference }], None) => referred(reference),
            (parts, object) => {
                let object = object.map(|object| Schema::of_shape(Shape::Object(object)));
                Shape::AllOf(self.read_all(place, "allOf", parts).into_iter().chain(object).collect())
            }
        }
    }

    fn read_all(&mut self, place: &[&str], key: &str, parts: &[ReferenceOr<openapiv3::Schema>]) -> Vec<Schema> {
        parts.iter().map(|part| self.read(&[place, &[key]].concat(), part)).collect()
    }

    fn properties<'s>(
        &mut self,
        place: &[&str],
        properties: impl Iterator<Item = (&'s String, &'s ReferenceOr<Box<openapiv3::Schema>>)>,
    ) -> Vec<Property> {
        properties
            .map(|(name, schema)| {
                let place = [place, &["properties", name]].concat();
                Property { name: name.clone(), schema: self.read(&place, schema) }
            })
            .collect()
    }

    fn additional(&mut self, place: &[&str], additional: Option<&AdditionalProperties>) -> Option<Box<Schema>> {
        match additional {
            Some(AdditionalProperties::Schema(schema)) => {
                Some(Box::new(self.read(&[place, &["additionalProperties"]].concat(), &**schema)))
            }
            _ => None,
        }
    }
}

fn referred(reference: &str) -> Shape {
    Shape::Ref(reference.strip_prefix(PREFIX).unwrap_or(reference).to_owned())
}

fn enum_values(values: &[Option<String>], extensions: &SchemaExtensions) -> Vec<EnumValue> {
    let (mut variants, mut descriptions) =
        (extensions.variant_names.iter().cloned(), extensions.variant_descriptions.iter().cloned());
    let values = values.iter().flatten();
    values
        .map(|value| EnumValue { value: value.clone(), variant: variants.next(), description: descriptions.next() })
        .collect()
}

/// The value of a string's `format`.
fn format_name(format: &VariantOrUnknownOrEmpty<StringFormat>) -> Option<&str> {
    Some(match format {
        VariantOrUnknownOrEmpty::Empty => return None,
        VariantOrUnknownOrEmpty::Unknown(name) => name,
        VariantOrUnknownOrEmpty::Item(StringFormat::Date) => "date",
        VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => "date-time",
        VariantOrUnknownOrEmpty::Item(StringFormat::Password) => "password",
        VariantOrUnknownOrEmpty::Item(StringFormat::Byte) => "byte",
        VariantOrUnknownOrEmpty::Item(StringFormat::Binary) => "binary",
    })
}
