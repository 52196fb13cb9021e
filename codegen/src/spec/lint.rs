//! Rules for a document beyond valid OpenAPI, so that the generated code is complete and documented.

use std::collections::BTreeMap;

use heck::ToSnakeCase;
use serde_json::Value;

use super::extensions::{self, Brand, InternalUse};
use super::operation::{Content, Kind, Location, Method, Operation};
use super::schema::{Object, Schema, Shape};
use super::{Spec, idents};
use crate::diagnostic::Diagnostic;

/// Every mistake in the document.
pub fn lint(spec: &Spec) -> Vec<Diagnostic> {
    let mut lint = Lint { spec, diagnostics: Vec::new() };
    lint.unique_ids();
    for operation in &spec.operations {
        lint.operation(operation);
    }
    for (name, named) in &spec.schemas {
        lint.named_schema(name, &named.schema);
    }
    lint.internal_uses();
    lint.walk(&mut Vec::new(), &spec.document.json);
    lint.diagnostics
}

struct Lint<'a> {
    spec: &'a Spec,
    diagnostics: Vec<Diagnostic>,
}

impl Lint<'_> {
    fn report(&mut self, place: &[&str], message: impl std::fmt::Display, help: &str) {
        self.diagnostics.push(self.spec.diagnostic(place, message, help));
    }

    fn require(&mut self, place: &[&str], text: &str, what: &str, help: &str) {
        if text.trim().is_empty() {
            self.report(place, format!("no {what}"), help);
        }
    }

    fn require_example(&mut self, place: &[&str], example: Option<&Value>) {
        if example.is_none() {
            self.report(place, "no example", "add one with realistic values; documentation and tests use it");
        }
    }

    fn unique_ids(&mut self) {
        let mut ids = BTreeMap::new();
        for operation in &self.spec.operations {
            if let Some(first) = ids.insert(&operation.id, &operation.path) {
                let message = format!("`{}` is also the operationId of {first}", operation.id);
                self.report(&operation.place("operationId"), message, "give each operation its own");
            }
        }
    }

    fn operation(&mut self, operation: &Operation) {
        let place = operation.place("");
        if operation.id != operation.id.to_snake_case() || !idents::is_valid_ident(&operation.id) {
            self.report(&place, "no operationId in snake_case", "add one; it becomes the method's name");
        }
        self.require(&place, &operation.summary, "summary", "say in one line what it does");
        self.require(&place, &operation.description, "description", "say when to call it and which errors to expect");
        if !self.spec.tags.iter().any(|tag| tag.name == operation.tag) {
            self.report(&operation.place("tags"), "not exactly one of the document's tags", "name one");
        }
        self.parameters(operation);
        if let Some(body) = &operation.body {
            self.require_example(&operation.place("requestBody"), body.example.as_ref());
        }
        match &operation.kind {
            Kind::Call => self.response(operation),
            Kind::UrlOnly => self.url_only(operation),
            Kind::WebSocket(hosts) => self.websocket(operation, hosts),
        }
    }

    fn parameters(&mut self, operation: &Operation) {
        for parameter in &operation.parameters {
            let place = [&*operation.place("parameters"), &[&parameter.name]].concat();
            self.name(&place, &parameter.name, idents::makes_value);
            self.require(&place, &parameter.description, "description", "describe the parameter");
            self.inner_schema(&place, &parameter.schema);
            if parameter.client_supplied.is_some() && !parameter.required {
                self.report(&place, "optional, but the client always supplies it", "make it required");
            }
            if parameter.location == Location::Path
                && !(parameter.required && operation.path.contains(&format!("{{{}}}", parameter.name)))
            {
                self.report(&place, "not a required segment of the path", "make it required, and add it to the path");
            }
            if parameter.required {
                self.require_example(&place, parameter.example.as_ref());
            }
        }
        for segment in operation.path.split('/') {
            let name = segment.strip_prefix('{').and_then(|segment| segment.strip_suffix('}'));
            let known = |name| operation.parameter(name).is_some_and(|it| it.location == Location::Path);
            if name.is_some_and(|name| !known(name)) {
                let message = format!("no path parameter for `{segment}`");
                self.report(&operation.place(""), message, "add it to `parameters`");
            }
        }
        self.distinct_names(&operation.place("parameters"), operation.parameters.iter().map(|it| it.name.as_str()));
    }

    /// Two names must not become the same one in Rust.
    fn distinct_names<'n>(&mut self, place: &[&str], names: impl Iterator<Item = &'n str>) {
        let mut seen = BTreeMap::new();
        for name in names {
            if let Some(first) = seen.insert(name.to_snake_case(), name) {
                let message = format!("`{name}` and `{first}` have the same name in Rust");
                self.report(place, message, "keep one of them");
            }
        }
    }

    fn response(&mut self, operation: &Operation) {
        let place = operation.place("responses");
        match operation.response.content {
            Content::Empty => {}
            Content::Unsupported => {
                self.report(&place, "no 200 or 2XX with text or a named JSON schema", "describe the response");
            }
            Content::Json(_) | Content::Text(_) => {
                self.require_example(&place, operation.response.example.as_ref());
            }
        }
    }

    fn url_only(&mut self, operation: &Operation) {
        let in_url = operation.parameters.iter().all(|it| matches!(it.location, Location::Path | Location::Query));
        if operation.method != Method::Get || !in_url || operation.body.is_some() {
            self.report(&operation.place(""), "not a URL to open", "use GET, and parameters in path and query only");
        }
    }

    fn websocket(&mut self, operation: &Operation, hosts: &[(Brand, String)]) {
        const SEE_README: &str = "see openapi/README.md";
        let Some(websocket) = &operation.extensions.websocket else { return };
        let all_in_query = operation.parameters.iter().all(|it| it.location == Location::Query && it.required);
        if operation.method != Method::Get || !all_in_query {
            let help = "use GET, and required query parameters only";
            self.report(&operation.place(""), "not a WebSocket", help);
        }
        let place = operation.place("x-genauth-websocket");
        if !idents::is_valid_ident(&websocket.method) {
            self.report(&place, format!("`{}` is not a valid Rust identifier", websocket.method), SEE_README);
        }
        if operation.parameter(&websocket.event_type).is_none() {
            self.report(&place, format!("no parameter `{}`", websocket.event_type), SEE_README);
        }
        if !matches!(operation.security.as_slice(), [scheme] if scheme.query_parameter.is_some()) {
            self.report(&operation.place("security"), "not exactly one scheme in the query", SEE_README);
        }
        for (brand, name) in [(Brand::GenAuth, "genauth"), (Brand::Authing, "authing")] {
            if !hosts.iter().any(|(other, _)| *other == brand) {
                self.report(&operation.place("servers"), format!("no host for {name}"), SEE_README);
            }
        }
    }

    fn name(&mut self, place: &[&str], name: &str, is_valid: fn(&str) -> bool) {
        if !is_valid(name) {
            let help = "begin it with a letter, and use letters and digits";
            self.report(place, format!("`{name}` is not a valid Rust identifier"), help);
        }
    }

    fn named_schema(&mut self, name: &str, schema: &Schema) {
        let place = ["components", "schemas", name];
        self.name(&place, name, idents::makes_type);
        let description = schema.description.as_deref().unwrap_or_default();
        self.require(&place, description, "description", "say what it represents");
        match &schema.shape {
            Shape::Enum(_) => {}
            Shape::OtherEnum => self.report(&place, "an enum of values other than strings", "use a string enum"),
            _ => self.parts(&place, schema),
        }
    }

    /// A schema without a name of its own.
    fn inner_schema(&mut self, place: &[&str], schema: &Schema) {
        if matches!(schema.shape, Shape::Enum(_) | Shape::OtherEnum) {
            self.report(place, "an inline enum", "move it to components > schemas and refer to it");
        }
        self.parts(place, schema);
    }

    fn parts(&mut self, place: &[&str], schema: &Schema) {
        let Shape::Object(object) = &schema.shape else {
            schema.parts().for_each(|part| self.inner_schema(place, part));
            return;
        };
        self.object(place, object);
    }

    fn object(&mut self, place: &[&str], object: &Object) {
        for property in &object.properties {
            let place = [place, &["properties", &property.name]].concat();
            self.name(&place, &property.name, idents::makes_value);
            if property.schema.reference().is_none() {
                let description = property.schema.description.as_deref().unwrap_or_default();
                let help = "describe the property: meaning, unit, format";
                self.require(&place, description, "description", help);
            }
            self.inner_schema(&place, &property.schema);
        }
        for name in object.required.iter().filter(|name| object.property(name).is_none()) {
            self.report(&[place, &["required"]].concat(), format!("no property `{name}`"), "add it, or fix the name");
        }
        self.distinct_names(place, object.properties.iter().map(|property| property.name.as_str()));
        if let Some(additional) = &object.additional {
            self.inner_schema(place, additional);
        }
    }

    /// Every internal use has to be assigned exactly once.
    fn internal_uses(&mut self) {
        let mut assigned: BTreeMap<InternalUse, &str> = BTreeMap::new();
        for operation in &self.spec.operations {
            let methods = operation.extensions.convenience_methods.iter();
            let own = operation.extensions.internal_use.map(|internal_use| (internal_use, operation.id.as_str()));
            let uses = methods.filter_map(|method| Some((method.internal_use?, method.name.as_str()))).chain(own);
            for (internal_use, name) in uses {
                if let Some(first) = assigned.insert(internal_use, name) {
                    let message = format!("`{}` is assigned to `{first}` already", internal_use.name());
                    self.report(&operation.place("x-genauth-internal-use"), message, "assign each use once");
                }
            }
        }
        for internal_use in InternalUse::ALL.into_iter().filter(|it| !assigned.contains_key(it)) {
            let help = "assign it to the operation or convenience method that does it; see openapi/README.md";
            self.report(&["x-genauth-internal-use"], format!("`{}` is not assigned", internal_use.name()), help);
        }
    }

    /// Looks for unresolved references and unknown extensions.
    fn walk(&mut self, place: &mut Vec<String>, value: &Value) {
        match value {
            Value::Object(members) => {
                for (key, member) in members {
                    let here: Vec<&str> = place.iter().map(String::as_str).collect();
                    if key == "$ref" && !self.resolves(member) {
                        self.report(&here, format!("unresolved reference {member}"), "define it, or fix the name");
                    }
                    if key.starts_with("x-genauth-") && !extensions::NAMES.contains(&key.as_str()) {
                        self.report(&here, format!("unknown extension `{key}`"), "see openapi/README.md");
                    }
                    place.push(key.clone());
                    self.walk(place, member);
                    place.pop();
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.walk(place, item)),
            _ => {}
        }
    }

    fn resolves(&self, reference: &Value) -> bool {
        let pointer = reference.as_str().and_then(|reference| reference.strip_prefix('#'));
        pointer.is_some_and(|pointer| self.spec.document.json.pointer(pointer).is_some())
    }
}
