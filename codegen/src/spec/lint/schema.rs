//! Rules for schemas.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use super::Lint;
use crate::spec::schema::{Object, Schema, Shape};
use crate::spec::{ENVELOPE, idents};

const NAME_IT: &str = "move it to components > schemas and refer to it";

impl Lint<'_> {
    pub(super) fn named_schema(&mut self, name: &str, schema: &Schema) {
        let place = ["components", "schemas", name];
        self.name(&place, name, idents::makes_type);
        let description = schema.description.as_deref().unwrap_or_default();
        self.require(&place, description, "description", "say what it represents");
        match &schema.shape {
            Shape::Enum(_) => {}
            Shape::OtherEnum => self.report(&place, "an enum of values other than strings", "use a string enum"),
            Shape::Object(object) => {
                self.object(&place, object, Some(name));
                self.extra(&place, name, object);
            }
            Shape::Array(items) => self.inner_schema(&place, items),
            Shape::AllOf(parts) => self.all_of(&place, schema, parts),
            Shape::Ref(name) if name == ENVELOPE => {}
            // One of its keys has been reported.
            Shape::Other(parts) if !parts.is_empty() => {}
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

    fn all_of(&mut self, place: &[&str], schema: &Schema, parts: &[Schema]) {
        let place = [place, &["allOf"]].concat();
        let rest = self.spec.envelope_parts(schema);
        for part in rest.unwrap_or(parts) {
            match (&part.shape, rest) {
                (Shape::Object(object), None) => self.object(&place, object, None),
                (Shape::Object(object), Some(_)) if object.properties.iter().all(|it| it.name == "data") => {
                    self.object(&place, object, None);
                }
                (_, Some(_)) => self.report(&place, "`Envelope` with more than `data`", "move it into the data"),
                (Shape::Ref(_), None) => self.inner_schema(&place, part),
                _ => self.report(&place, "neither a `$ref` nor an object", "make it one of them"),
            }
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
        if let Some(additional) = &object.additional {
            self.inner_schema(place, additional);
        }
    }

    /// The properties that the document does not list are in the field `extra`, which has no setter.
    fn extra(&mut self, place: &[&str], name: &str, object: &Object) {
        if object.additional.is_none() || object.properties.is_empty() {
            return;
        }
        if self.spec.request_schemas().contains(name) {
            let place = [place, &["additionalProperties"]].concat();
            self.report(&place, "part of a request", "list the properties, or use a property of any JSON");
        }
        if object.property("extra").is_some() {
            let help = "remove `additionalProperties`, which become the field `extra`";
            self.report(&[place, &["properties", "extra"]].concat(), "a name beside `additionalProperties`", help);
        }
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
