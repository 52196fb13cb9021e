//! Rules for schemas.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use heck::ToSnakeCase;

use super::{Lint, SEE_README};
use crate::spec::export::REJECTION;
use crate::spec::schema::{Object, Property, Schema, Shape};
use crate::spec::{ENVELOPE, NamedSchema, idents};

const NAME_IT: &str = "move it to components > schemas and refer to it";

impl Lint<'_> {
    pub(super) fn named_schema(&mut self, name: &str, schema: &Schema) {
        let place = ["components", "schemas", name];
        self.name(&place, name, idents::makes_type);
        if name == REJECTION {
            self.report(&place, "the exported document has a schema of this name", "rename it");
        }
        let description = schema.description.as_deref().unwrap_or_default();
        self.require(&place, description, "description", "say what it represents");
        match &schema.shape {
            Shape::Enum(_) => {}
            Shape::OtherEnum => self.report(&place, "an enum of values other than strings", "use a string enum"),
            Shape::Object(object) => self.object(&place, object, Some(name)),
            Shape::Array(items) => self.inner_schema(&place, items),
            Shape::AllOf(parts) => self.all_of(&place, schema, parts),
            Shape::Ref(name) if name == ENVELOPE => {}
            // Its type, or one of its keys, has been reported.
            Shape::Other(_) => {}
            _ => self.report(&place, "neither an enum, an object nor an array", "write it where it is used"),
        }
        self.no_extensions(&place, schema);
    }

    /// A schema without a name of its own that is no property.
    pub(super) fn inner_schema(&mut self, place: &[&str], schema: &Schema) {
        self.no_extensions(place, schema);
        self.nested(place, schema);
    }

    fn nested(&mut self, place: &[&str], schema: &Schema) {
        match &schema.shape {
            Shape::Enum(_) | Shape::OtherEnum => self.report(place, "an inline enum", NAME_IT),
            Shape::Object(object) if !object.properties.is_empty() => self.report(place, "an inline object", NAME_IT),
            Shape::AllOf(_) => self.report(place, "an inline `allOf` of several schemas", NAME_IT),
            Shape::Ref(name) if self.is_enveloped(name) => {
                self.report(place, format!("`{name}` is a whole response"), "refer to the schema of its data");
            }
            _ => schema.parts().for_each(|part| self.inner_schema(place, part)),
        }
    }

    fn is_enveloped(&self, name: &str) -> bool {
        name == ENVELOPE || self.spec.schema(name).is_some_and(|schema| self.spec.envelope_parts(schema).is_some())
    }

    fn is_object(&self, schema: &Schema) -> bool {
        matches!(self.spec.resolve(schema).shape, Shape::Object(_) | Shape::AllOf(_))
    }

    fn all_of(&mut self, place: &[&str], schema: &Schema, parts: &[Schema]) {
        let place = [place, &["allOf"]].concat();
        let rest = self.spec.envelope_parts(schema);
        for part in rest.unwrap_or(parts) {
            match (&part.shape, rest) {
                (Shape::Object(object), None) => self.object(&place, object, None),
                (_, Some(_)) if self.spec.properties(part).iter().all(|(it, _)| it.name == "data") => {
                    part.object().into_iter().for_each(|object| self.object(&place, object, None));
                }
                (_, Some(_)) => self.report(&place, "`Envelope` with more than `data`", "move it into the data"),
                (Shape::Ref(name), None) if self.is_enveloped(name) => self.inner_schema(&place, part),
                (Shape::Ref(_), None) if self.is_object(part) => {}
                _ => self.report(&place, "a part that is not an object", "use objects only"),
            }
        }
        if parts.is_empty() {
            self.report(&place, "no parts", "add one");
        }
        let mut seen: BTreeMap<&str, &Schema> = BTreeMap::new();
        for (property, _) in parts.iter().flat_map(|part| self.spec.properties(part)) {
            let other = seen.insert(&property.name, &property.schema);
            if other.is_some_and(|other| !same_type(other, &property.schema)) {
                let message = format!("`{}` has different types in two parts", property.name);
                self.report(&place, message, "give it one type, or rename one of them");
            }
        }
    }

    /// An object; `name` is that of its schema, if it is one by itself.
    fn object(&mut self, place: &[&str], object: &Object, name: Option<&str>) {
        for property in &object.properties {
            let place = [place, &["properties", &property.name]].concat();
            self.name(&place, &property.name, idents::makes_value);
            if property.schema.reference().is_none() {
                let description = property.schema.description.as_deref().unwrap_or_default();
                let help = "describe the property: meaning, unit, format";
                self.require(&place, description, "description", help);
            }
            self.nested(&place, &property.schema);
            self.property_extensions(&place, property, name);
            if let Some(example) = &property.schema.example {
                self.example(&[&*place, &["example"]].concat(), &property.schema, example);
            }
            if let Some(default) = &property.schema.default {
                self.example(&[&*place, &["default"]].concat(), &property.schema, default);
            }
        }
        let mut seen = BTreeSet::new();
        for name in &object.required {
            let place = [place, &["required"]].concat();
            if object.property(name).is_none() {
                self.report(&place, format!("no property `{name}`"), "add it, or fix the name");
            }
            if !seen.insert(name) {
                self.report(&place, format!("`{name}` is there twice"), "remove one of them");
            }
        }
        self.distinct_names(place, object.properties.iter().map(|property| property.name.as_str()));
        let others = object.properties.iter().flat_map(|property| &property.schema.other_names);
        for name in others.filter(|name| object.property(name).is_some()) {
            let message = format!("`{name}` in x-genauth-other-names is a property by itself");
            self.report(place, message, "remove one of them");
        }
        if let Some(additional) = &object.additional {
            self.inner_schema(place, additional);
            let is_extra = |property: &&Property| property.name.to_snake_case() == "extra";
            if let Some(property) = object.properties.iter().find(is_extra) {
                let help = "remove `additionalProperties`, which become the field `extra`";
                let place = [place, &["properties", &property.name]].concat();
                self.report(&place, "a name beside `additionalProperties`", help);
            }
        }
    }

    /// A type of both APIs is built by either, but generated with one of them.
    pub(super) fn used_in_requests(&mut self, name: &str, named: &NamedSchema) {
        let place = ["components", "schemas", name, "x-genauth-used-in-requests"];
        let is_object = named.schema.object().is_some();
        let is_used = is_object && named.is_shared && self.spec.request_schemas().contains(name);
        if named.schema.used_in_requests && !named.is_shared {
            self.report(&place, "not in openapi/shared", "remove it");
        }
        if is_used && !named.schema.used_in_requests {
            self.report(&place, "missing, but the schema is part of a request", SEE_README);
        }
    }

    /// Types that requests are made of: the library has to build them.
    pub(super) fn request_schema(&mut self, name: &str) {
        let place = ["components", "schemas", name];
        let Some(schema) = self.spec.schema(name) else { return };
        let object = match &schema.shape {
            Shape::Enum(_) | Shape::OtherEnum | Shape::Other(_) => return,
            Shape::Object(object) if !object.properties.is_empty() => object,
            _ => return self.report(&place, "part of a request, but it has no properties", "list them"),
        };
        if object.additional.is_some() {
            let place = [&place[..], &["additionalProperties"]].concat();
            self.report(&place, "part of a request", "list the properties, or use a property of any JSON");
        }
        for property in &object.properties {
            let place = [&place[..], &["properties", &property.name]].concat();
            let clear = format!("clear_{}", property.ident());
            let clears = |other: &&Property| other.ident() == clear.as_str();
            if let Some(other) = object.properties.iter().find(clears).filter(|_| property.schema.nullable) {
                let message = format!("`{}` has the name of the method that sets this to `null`", other.name);
                self.report(&place, message, "rename one of them");
            }
            if is_map(&property.schema) {
                self.report(&place, "a map in a request", "list its properties, or use a schema without a type");
            }
        }
    }
}

fn is_map(schema: &Schema) -> bool {
    match &schema.shape {
        Shape::Object(object) => object.properties.is_empty(),
        Shape::Array(items) => is_map(items),
        _ => false,
    }
}

fn same_type(one: &Schema, other: &Schema) -> bool {
    match (&one.shape, &other.shape) {
        (Shape::Ref(one), Shape::Ref(other)) => one == other,
        (Shape::String(one), Shape::String(other)) => one == other,
        (Shape::Array(one), Shape::Array(other)) => same_type(one, other),
        (one, other) => mem::discriminant(one) == mem::discriminant(other),
    }
}
