//! Keys that would be ignored, and references to nothing.

use serde_json::{Map, Value};

use super::{Lint, SEE_README};
use crate::spec::formats;
use crate::spec::keys::{Part, fits_type};

const TYPES: [&str; 6] = ["string", "integer", "number", "boolean", "array", "object"];

impl Lint<'_> {
    /// Checks the keys of the part at `place`, and of the parts inside it.
    pub(super) fn keys(&mut self, part: Part, place: &mut Vec<String>, value: &Value) {
        match value {
            Value::Array(items) => {
                for item in items {
                    // Parameters have names instead of keys.
                    let name = item.get("name").filter(|_| part == Part::Parameter).and_then(Value::as_str);
                    place.extend(name.map(ToOwned::to_owned));
                    self.keys(part, place, item);
                    place.truncate(place.len() - usize::from(name.is_some()));
                }
            }
            Value::Object(members) if part.referred().is_some() && members.contains_key("$ref") => {
                self.reference(part, &borrowed(place), members);
            }
            Value::Object(members) => {
                if part == Part::Schema {
                    self.schema_keys(&borrowed(place), members);
                }
                for (key, member) in members {
                    if key == "security" {
                        self.security(&[&*borrowed(place), &["security"]].concat(), member);
                    }
                    match part.at(key) {
                        Some(Part::Value) => {}
                        Some(inner) => {
                            place.push(key.clone());
                            self.keys(inner, place, member);
                            place.pop();
                        }
                        None => self.unknown_key(part, &borrowed(place), key),
                    }
                }
            }
            _ => {}
        }
    }

    fn reference(&mut self, part: Part, place: &[&str], members: &Map<String, Value>) {
        let reference = &members["$ref"];
        let target = reference.as_str().and_then(|it| it.strip_prefix('#')).filter(|pointer| {
            let folder = pointer.rsplit_once('/').map(|(folder, _)| folder);
            folder == part.referred() && self.spec.document.json.pointer(pointer).is_some()
        });
        if target.is_none() {
            self.report(place, format!("unresolved reference {reference}"), "define it, or fix the name");
        }
        for key in members.keys().filter(|key| *key != "$ref") {
            let help = "remove it, or write the reference as `allOf: [{$ref: …}]`";
            self.report(&[place, &[key]].concat(), "ignored beside `$ref`", help);
        }
    }

    fn unknown_key(&mut self, part: Part, place: &[&str], key: &str) {
        let place = [place, &[key]].concat();
        if !key.starts_with("x-") {
            let help = match part {
                Part::PathItem => "use get, post, put, patch or delete, and write everything in each of them",
                _ => "remove it; see openapi/README.md",
            };
            self.report(&place, "not supported", help);
        } else if Part::is_extension(key) {
            self.report(&place, "not allowed here", SEE_README);
        } else if key.starts_with("x-genauth-") {
            self.report(&place, format!("unknown extension `{key}`"), SEE_README);
        }
    }

    fn schema_keys(&mut self, place: &[&str], members: &Map<String, Value>) {
        let text = |key: &str| members.get(key).and_then(Value::as_str);
        let ty = text("type");
        if let Some(ty) = ty.filter(|ty| !TYPES.contains(ty)) {
            let help = format!("use one of {}", TYPES.join(", "));
            return self.report(&[place, &["type"]].concat(), format!("unknown type `{ty}`"), &help);
        }
        for key in members.keys().filter(|key| !fits_type(key, ty)) {
            let message = match ty {
                Some(ty) => format!("`{key}` means nothing beside `type: {ty}`"),
                None => format!("`{key}` means nothing without a `type`"),
            };
            self.report(&[place, &[key]].concat(), message, SEE_README);
        }
        let is_known = |format| match ty {
            Some("string") => formats::rust_type(format).is_some(),
            Some("integer") => format == "int64",
            _ => format == "double",
        };
        if let Some(format) = text("format").filter(|format| !is_known(format)) {
            self.report(&[place, &["format"]].concat(), format!("unknown format `{format}`"), SEE_README);
        }
        if members.get("additionalProperties").is_some_and(Value::is_boolean) {
            let place = [place, &["additionalProperties"]].concat();
            self.report(&place, "not a schema", "write `{}` to keep other properties, or remove it");
        }
        if let Some(Value::Array(values)) = members.get("enum") {
            if values.iter().any(Value::is_null) {
                self.report(
                    &[place, &["enum"]].concat(),
                    "`null` in an enum",
                    "remove it, and make the property optional",
                );
            }
            for key in ["x-enum-varnames", "x-enum-descriptions"] {
                let list = members.get(key).and_then(Value::as_array);
                if list.is_some_and(|list| list.len() != values.len()) {
                    self.report(
                        &[place, &[key]].concat(),
                        "not as long as `enum`",
                        "list one for each value, in order",
                    );
                }
            }
        }
    }
}

fn borrowed(place: &[String]) -> Vec<&str> {
    place.iter().map(String::as_str).collect()
}
