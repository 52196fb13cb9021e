//! A document with canaries: recognizable values in the examples where nothing may be shown. Tests make every call with
//! it, and check that nothing printed contains a canary.

use serde_json::Value;

use super::Spec;
use super::schema::{Schema, Shape};
use crate::diagnostic::Result;

/// With four letters in the middle, as many as the part of a phone number that `Debug` masks.
const SECRET: &str = "a-ZQXJ-secret";
const PHONE: &str = "+86188ZQXJ8888";

impl Spec {
    /// The same document with canaries in the examples of every request and response.
    pub fn with_canaries(&self) -> Result<Self> {
        let mut document = self.document.clone();
        for operation in &self.operations {
            let target = &mut document.json["paths"][&operation.path][operation.method.key()];
            for (index, parameter) in operation.parameters.iter().enumerate() {
                self.place(&parameter.schema, &mut target["parameters"][index]["example"]);
            }
            if let Some(body) = &operation.body {
                let example = &mut target["requestBody"]["content"][&body.media_type]["example"];
                self.place_named(&body.schema, example);
            }
            self.place_in_responses(&mut target["responses"]);
        }
        Self::new(self.api, document)
    }

    fn place_in_responses(&self, responses: &mut Value) {
        for status in ["200", "2XX"] {
            let content = responses.get_mut(status).and_then(|response| response.get_mut("content"));
            for media in content.and_then(Value::as_object_mut).into_iter().flat_map(|content| content.values_mut()) {
                let reference = media["schema"]["$ref"].as_str().and_then(|reference| reference.rsplit('/').next());
                if let Some(name) = reference.map(ToOwned::to_owned) {
                    self.place_named(&name, &mut media["example"]);
                }
            }
        }
    }

    fn place_named(&self, name: &str, example: &mut Value) {
        if let Some(schema) = self.schema(name) {
            self.place(schema, example);
        }
    }

    /// Puts canaries into an example of `schema`.
    fn place(&self, schema: &Schema, example: &mut Value) {
        let schema = self.resolve(schema);
        match (&schema.shape, example) {
            (Shape::String(Some(format)), Value::String(text)) => match format.as_str() {
                "password" => SECRET.clone_into(text),
                "phone" => PHONE.clone_into(text),
                "json" => *text = format!("\"{SECRET}\""),
                _ => {}
            },
            // Free-form data may hold anything.
            (Shape::Any, Value::String(text)) => SECRET.clone_into(text),
            (Shape::Any, Value::Array(items)) => items.iter_mut().for_each(|item| self.place(schema, item)),
            (Shape::Any, Value::Object(members)) => members.values_mut().for_each(|member| self.place(schema, member)),
            (Shape::Array(items), Value::Array(values)) => values.iter_mut().for_each(|value| self.place(items, value)),
            (_, Value::Object(members)) => {
                let properties = self.properties(schema);
                let additional = schema.object().and_then(|object| object.additional.as_deref());
                for (name, member) in members {
                    let property = properties.iter().find(|(property, _)| property.name == *name);
                    if let Some(schema) = property.map(|(property, _)| &property.schema).or(additional) {
                        self.place(schema, member);
                    }
                }
            }
            _ => {}
        }
    }
}
