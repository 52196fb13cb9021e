//! What the description must hold beyond being valid OpenAPI, so that all that is made from it is good.

use std::collections::BTreeMap;

use heck::ToSnakeCase;
use openapiv3::ReferenceOr;
use quote::quote;
use serde::Deserialize;
use serde_json::Value;

use crate::document::{self, Operation};
use crate::{Bundle, Problem, given, identifiers, roles};

/// What every `Call` and `Address` can do already; no optional property may take these names.
const RESERVED: [&str; 9] =
    ["access_token", "envelope", "header", "items", "lang", "real_ip", "retries", "timeout", "to_url"];

/// The extensions that the build knows; `openapi/README.md` describes them.
const EXTENSIONS: [&str; 15] = [
    "x-genauth-url-only",
    "x-genauth-aliases",
    "x-genauth-accept-number",
    "x-genauth-client-credentials",
    "x-genauth-brand",
    "x-genauth-error-codes",
    "x-genauth-pagination",
    "x-genauth-upstream-response",
    "x-genauth-idempotent",
    "x-genauth-sandbox",
    "x-genauth-convenience-methods",
    "x-genauth-websocket",
    "x-genauth-access-token-argument",
    given::EXTENSION,
    roles::EXTENSION,
];

/// Checks the whole document and returns every problem at once.
pub fn lint(bundle: &Bundle) -> Result<(), Vec<Problem>> {
    let mut lint = Lint { bundle, problems: Vec::new() };
    let mut ids = BTreeMap::new();
    for operation in document::operations(&bundle.document) {
        lint.operation(&operation);
        if let Some(first) = ids.insert(operation.id(), operation.path) {
            lint.report(
                &operation.place("operationId"),
                format!("`{}` is also the operationId of {first}", operation.id()),
                "give each operation its own",
            );
        }
    }
    for (name, schema) in document::schemas(&bundle.document) {
        lint.named_schema(name, schema);
    }
    lint.references(&mut Vec::new(), &bundle.document);
    lint.problems.extend(roles::problems(bundle));

    if lint.problems.is_empty() { Ok(()) } else { Err(lint.problems) }
}

struct Lint<'a> {
    bundle: &'a Bundle,
    problems: Vec<Problem>,
}

impl Lint<'_> {
    fn report(&mut self, place: &[&str], what: impl std::fmt::Display, remedy: &str) {
        self.problems.push(self.bundle.problem(place, what, remedy));
    }

    fn require(&mut self, place: &[&str], holder: &Value, key: &str, remedy: &str) {
        if holder[key].as_str().is_none_or(|text| text.trim().is_empty()) {
            self.report(place, format!("no {key}"), remedy);
        }
    }

    fn name(&mut self, place: &[&str], name: &str) {
        if !identifiers::has_form_in_rust(name) {
            self.report(place, "a name that Rust has no form for", "begin it with a letter, use letters and digits");
        }
    }

    fn operation(&mut self, operation: &Operation) {
        let place = operation.place("");
        if let Err(error) = openapiv3::Operation::deserialize(operation.spec) {
            return self.report(&place, error, "compare it with the OpenAPI specification");
        }
        if operation.id() != operation.id().to_snake_case() || !identifiers::is_identifier(operation.id()) {
            self.report(&place, "no operationId in snake_case", "add one; it becomes the method's name");
        }
        self.require(&place, operation.spec, "summary", "say in a line what it does");
        self.require(&place, operation.spec, "description", "say when to call it, and which errors to expect");

        let tags: Vec<_> = operation.spec["tags"].as_array().into_iter().flatten().collect();
        let known = self.bundle.document["tags"].as_array();
        if !matches!(&*tags, [tag] if known.is_some_and(|known| known.iter().any(|k| k["name"] == **tag))) {
            self.report(&operation.place("tags"), "not exactly one tag of genauth.yaml", "name the group it is in");
        }

        for parameter in operation.parameters() {
            let name = parameter["name"].as_str().unwrap_or("?");
            let place = [&*operation.place("parameters"), &[name]].concat();
            self.name(&place, name);
            self.require(&place, parameter, "description", "describe the parameter");
            self.schema(&place, &parameter["schema"]);
            if let Some(value) = parameter.get(given::EXTENSION) {
                if let Err(error) = given::expression(value, &quote!(self)) {
                    self.report(&place, format!("{}: {error}", given::EXTENSION), "see openapi/README.md");
                }
                if parameter["required"] != true {
                    self.report(&place, "optional, though its value is always given", "make it required");
                }
            }
            if parameter["required"] != true {
                self.not_reserved(&place, name);
            } else if parameter.get("example").is_none() {
                self.report(&place, "no example", "add a lifelike one; the documentation uses it");
            }
        }

        let request = operation.request();
        if operation.spec.get("requestBody").is_some() {
            let place = operation.place("requestBody");
            match document::reference(&request["schema"]) {
                None => self.report(&place, "neither JSON nor a form with a named schema", "refer to a schema"),
                Some(name) => {
                    let schema = self.bundle.document["components"]["schemas"][name].clone();
                    let required = schema["required"].as_array();
                    for property in schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name) {
                        if !required.is_some_and(|required| required.iter().any(|r| r == property)) {
                            self.not_reserved(&["components", "schemas", name, "properties", property], property);
                        }
                    }
                }
            }
            self.example(&place, request);
        }

        if operation.is_address() {
            self.address(operation);
        } else if operation.is_socket() {
            self.socket(operation);
        } else if !operation.answers_nothing() {
            let place = operation.place("responses");
            if !operation.answers_text() && document::reference(&operation.answer()["schema"]).is_none() {
                self.report(&place, "no 200 or 2XX with application/json and a named schema", "describe the answer");
            }
            self.example(&place, operation.answer());
        }
    }

    fn address(&mut self, operation: &Operation) {
        if operation.method != "get" || operation.parameters().any(|p| p["in"] != "path" && p["in"] != "query") {
            self.report(&operation.place(""), "no address", "a browser opens a GET, with a path and a query");
        }
    }

    fn socket(&mut self, operation: &Operation) {
        if operation.method != "get" || operation.parameters().any(|p| p["in"] != "query" || p["required"] != true) {
            self.report(&operation.place(""), "no socket", "it is opened by a GET, with a query where all is required");
        }
    }

    fn example(&mut self, place: &[&str], media: &Value) {
        if media.get("example").is_none() {
            self.report(place, "no example", "add one with lifelike values; documentation and tests use it");
        }
    }

    fn not_reserved(&mut self, place: &[&str], property: &str) {
        if RESERVED.contains(&property.to_snake_case().as_str()) {
            self.report(place, "optional, under a name that every call has a setter for", "make it required");
        }
    }

    fn named_schema(&mut self, name: &str, schema: &Value) {
        let place = ["components", "schemas", name];
        self.name(&place, name);
        if let Err(error) = ReferenceOr::<openapiv3::Schema>::deserialize(schema) {
            return self.report(&place, error, "compare it with the OpenAPI specification");
        }
        self.require(&place, schema, "description", "say what it stands for");
        if schema.get("enum").is_some() {
            if schema["type"] != "string" {
                self.report(&place, "an enum of something other than strings", "only string enums are supported");
            }
            return;
        }
        self.parts(&place, schema);
    }

    /// A schema in use: anything but an enum, which needs a name of its own.
    fn schema(&mut self, place: &[&str], schema: &Value) {
        if schema.get("enum").is_some() {
            self.report(place, "an inline enum", "move it to components > schemas and refer to it");
        }
        self.parts(place, schema);
    }

    fn parts(&mut self, place: &[&str], schema: &Value) {
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let place = [place, &["properties", name]].concat();
            self.name(&place, name);
            if document::reference(property).is_none() {
                self.require(&place, property, "description", "describe the property: meaning, unit, format");
            }
            self.schema(&place, property);
        }
        for key in ["items", "additionalProperties", "not"] {
            if let Some(part) = schema.get(key) {
                self.schema(&[place, &[key]].concat(), part);
            }
        }
        for key in ["allOf", "oneOf", "anyOf"] {
            for part in schema[key].as_array().into_iter().flatten() {
                self.schema(&[place, &[key]].concat(), part);
            }
        }
    }

    /// Follows every reference, and looks for extensions that nothing reads.
    fn references(&mut self, place: &mut Vec<String>, value: &Value) {
        match value {
            Value::Object(members) => {
                for (key, member) in members {
                    let here: Vec<&str> = place.iter().map(String::as_str).collect();
                    if key == "$ref" && !self.resolves(member) {
                        self.report(&here, format!("{member} refers to nothing"), "define it, or mend the name");
                    }
                    if key.starts_with("x-genauth-") && !EXTENSIONS.contains(&key.as_str()) {
                        self.report(&here, format!("the build knows no `{key}`"), "see openapi/README.md");
                    }
                    place.push(key.clone());
                    self.references(place, member);
                    place.pop();
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.references(place, item)),
            _ => {}
        }
    }

    fn resolves(&self, reference: &Value) -> bool {
        let pointer = reference.as_str().and_then(|reference| reference.strip_prefix('#'));
        pointer.is_some_and(|pointer| self.bundle.document.pointer(pointer).is_some())
    }
}
