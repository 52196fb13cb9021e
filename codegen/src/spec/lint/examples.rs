//! Examples that conform to their schemas.

use serde_json::{Map, Value};

use super::Lint;
use crate::spec::schema::{Schema, Shape};

impl Lint<'_> {
    /// The example at `place`, or a part of it, has the type of `schema` and every required property.
    pub(super) fn example(&mut self, place: &[&str], schema: &Schema, example: &Value) {
        self.part_of_example(place, schema, example, false);
    }

    /// The same for a response, in which `null` stands for a property that is absent.
    pub(super) fn example_response(&mut self, place: &[&str], schema: &Schema, example: &Value) {
        self.part_of_example(place, schema, example, true);
    }

    fn part_of_example(&mut self, place: &[&str], schema: &Schema, example: &Value, takes_null: bool) {
        let is_nullable = schema.nullable;
        let schema = self.spec.resolve(schema);
        if example.is_null() && (is_nullable || schema.nullable) {
            return;
        }
        let (fits, expected) = match &schema.shape {
            Shape::String(Some(format)) if format == "json" => (is_json(example), "JSON in a string"),
            Shape::String(_) => (example.is_string(), "a string"),
            Shape::Enum(values) => (values.iter().any(|it| *example == it.value.as_str()), "a value of the enum"),
            Shape::Boolean => (example.is_boolean(), "a boolean"),
            Shape::Integer => (example.is_i64(), "an integer"),
            Shape::Number => (example.is_number(), "a number"),
            Shape::Array(_) => (example.is_array(), "an array"),
            Shape::Object(_) | Shape::AllOf(_) => (example.is_object(), "an object"),
            Shape::Ref(_) | Shape::OtherEnum | Shape::Any | Shape::Other(_) => return,
        };
        if !fits {
            return self.report(place, format!("not {expected}"), "write a value that conforms to the schema");
        }
        match (&schema.shape, example) {
            (Shape::Array(items), Value::Array(values)) => {
                values.iter().for_each(|value| self.part_of_example(place, items, value, takes_null));
            }
            (_, Value::Object(members)) => self.members(place, schema, members, takes_null),
            _ => {}
        }
    }

    fn members(&mut self, place: &[&str], schema: &Schema, members: &Map<String, Value>, takes_null: bool) {
        let additional = schema.object().and_then(|object| object.additional.as_deref());
        let properties = self.spec.properties(schema);
        for (property, _) in properties.iter().filter(|(it, required)| *required && !members.contains_key(&it.name)) {
            self.report(place, format!("no required `{}`", property.name), "add it");
        }
        for (name, member) in members {
            let property = properties.iter().find(|(property, _)| property.name == *name);
            if takes_null && member.is_null() && property.is_some_and(|(_, required)| !required) {
                continue;
            }
            match property.map(|(property, _)| &property.schema).or(additional) {
                Some(schema) => self.part_of_example(&[place, &[name]].concat(), schema, member, takes_null),
                None if properties.is_empty() => {}
                None => self.report(place, format!("no property `{name}` in the schema"), "add it there, or remove it"),
            }
        }
    }
}

fn is_json(example: &Value) -> bool {
    example.as_str().is_some_and(|text| serde_json::from_str::<Value>(text).is_ok())
}
