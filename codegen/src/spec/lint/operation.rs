//! Rules for operations.

use std::collections::BTreeSet;

use heck::ToSnakeCase;
use serde_json::Value;

use super::Lint;
use crate::spec::operation::{Content, Kind, Location, Method, Operation, Parameter};
use crate::spec::schema::{Object, Schema, Shape};
use crate::spec::{ENVELOPE, idents};

impl<'a> Lint<'a> {
    /// The object that an operation's body is.
    pub(super) fn body_object(&self, operation: &Operation) -> Option<&'a Object> {
        let schema = self.spec.schema(&operation.body.as_ref()?.schema);
        schema.and_then(Schema::object).filter(|object| !object.properties.is_empty())
    }

    pub(super) fn operation(&mut self, operation: &Operation) {
        let place = operation.place("");
        if operation.id != operation.id.to_snake_case() || !idents::is_valid_ident(&operation.id) {
            self.report(&place, "no operationId in snake_case", "add one; it becomes the method's name");
        }
        self.require(&place, &operation.summary, "summary", "say in one line what it does");
        if operation.summary.trim_end().contains('\n') {
            self.report(&place, "a summary of several lines", "say in one line what it does");
        }
        self.require(&place, &operation.description, "description", "say when to call it and which errors to expect");
        if !self.spec.tags.iter().any(|tag| tag.name == operation.tag) {
            self.report(&operation.place("tags"), "not exactly one of the document's tags", "name one");
        }
        self.path(operation);
        self.parameters(operation);
        self.body(operation);
        self.statuses(operation);
        self.operation_extensions(operation);
        match &operation.kind {
            Kind::Call => self.response(operation),
            Kind::UrlOnly => self.url_only(operation),
            Kind::WebSocket(hosts) => self.websocket(operation, hosts),
        }
    }

    fn path(&mut self, operation: &Operation) {
        let mut seen = BTreeSet::new();
        for segment in operation.path.split('/').skip(1) {
            let parameter = segment.strip_prefix('{').and_then(|segment| segment.strip_suffix('}'));
            let known = |name| operation.parameter(name).is_some_and(|it| it.location == Location::Path);
            let (message, help) = match parameter {
                Some(name) if !known(name) => (format!("no path parameter for `{segment}`"), "add it to `parameters`"),
                Some(name) if !seen.insert(name) => (format!("`{segment}` is there twice"), "remove one of them"),
                None if !segment.chars().all(is_unreserved) => (
                    format!("`{segment}` is not a segment of a path"),
                    "use letters, digits, `-`, `.`, `_`, or one `{name}`",
                ),
                _ => continue,
            };
            self.report(&operation.place(""), message, help);
        }
        if !operation.path.starts_with('/') {
            self.report(&operation.place(""), "a path that does not begin with `/`", "begin it with `/`");
        }
    }

    fn parameters(&mut self, operation: &Operation) {
        for parameter in &operation.parameters {
            let place = [&*operation.place("parameters"), &[&parameter.name]].concat();
            self.name(&place, &parameter.name, idents::makes_value);
            self.require(&place, &parameter.description, "description", "describe the parameter");
            self.inner_schema(&place, &parameter.schema);
            self.parameter_type(&place, parameter);
            self.client_supplied(&place, parameter);
            if parameter.location == Location::Path
                && !(parameter.required && operation.path.contains(&format!("{{{}}}", parameter.name)))
            {
                self.report(&place, "not a required segment of the path", "make it required, and add it to the path");
            }
            if parameter.required {
                self.require_example(&place, parameter.example.as_ref());
            }
            if let Some(example) = &parameter.example {
                self.example(&[&*place, &["example"]].concat(), &parameter.schema, example);
            }
        }
        self.distinct_names(&operation.place("parameters"), operation.parameters.iter().map(|it| it.name.as_str()));
    }

    /// What a parameter can be, depending on where it goes.
    fn parameter_type(&mut self, place: &[&str], parameter: &Parameter) {
        let in_query = parameter.location == Location::Query;
        let is_scalar = |schema| match &self.spec.resolve(schema).shape {
            // Secrets are not displayable.
            Shape::String(format) => in_query || format.as_deref() != Some("password"),
            Shape::Enum(_) | Shape::Boolean | Shape::Integer | Shape::Number => true,
            _ => false,
        };
        let fits = match &parameter.schema.shape {
            Shape::Array(items) if in_query => is_scalar(items),
            _ => is_scalar(&parameter.schema),
        };
        let of_the_client = ["accept", "authorization", "content-type"];
        if parameter.location == Location::Header && of_the_client.contains(&&*parameter.name.to_lowercase()) {
            self.report(place, "a header that the client sets", "remove it");
        }
        if parameter.location == Location::Header && !parameter.name.chars().all(is_unreserved) {
            self.report(place, "not the name of a header", "use letters, digits and `-`");
        }
        if parameter.location == Location::Cookie {
            self.report(place, "a cookie", "send it in the path, the query or a header");
        } else if !fits {
            let help = "use a scalar or an enum; in the query also a secret or an array";
            self.report(place, "a parameter of an unsupported type", help);
        }
    }

    fn body(&mut self, operation: &Operation) {
        let Some(body) = &operation.body else { return };
        let place = operation.place("requestBody");
        self.require_example(&place, body.example.as_ref());
        if let (Some(schema), Some(example)) = (self.spec.schema(&body.schema), &body.example) {
            self.example(&[&*place, &["example"]].concat(), schema, example);
        }
        let json = &self.spec.document.json["paths"][&operation.path][operation.method.key()]["requestBody"];
        if json["required"] != true {
            self.report(&place, "optional, but the client always sends it", "write `required: true`");
        }
        if json["content"].as_object().is_some_and(|content| content.len() > 1) {
            self.report(&place, "more than one media type", "keep the one that the client is to send");
        }
        if self.body_object(operation).is_none() {
            let help = "use an object with `properties`";
            self.report(&place, format!("`{}` is not an object", body.schema), help);
        }
    }

    fn statuses(&mut self, operation: &Operation) {
        let json = &self.spec.document.json["paths"][&operation.path][operation.method.key()]["responses"];
        for status in json.as_object().into_iter().flat_map(|responses| responses.keys()) {
            let (class, rest) = status.split_at_checked(1).unwrap_or_default();
            let is_status = rest == "XX" || rest.len() == 2 && rest.chars().all(|digit| digit.is_ascii_digit());
            if !("12345".contains(class) && is_status || status.starts_with("x-") || status == "default") {
                let place = [&*operation.place("responses"), &[status]].concat();
                self.report(&place, "not a status", "write one such as 200, or a class such as 4XX");
            }
        }
    }

    fn response(&mut self, operation: &Operation) {
        let place = operation.place("responses");
        let example = operation.response.example.as_ref();
        let schema = match &operation.response.content {
            Content::Empty => return,
            Content::Unsupported => {
                return self.report(&place, "no 200 or 2XX with text or a named JSON schema", "describe the response");
            }
            Content::Json(name) if name == ENVELOPE => {
                let help = "refer to a schema that is an `allOf` of it";
                return self.report(&place, "`Envelope` itself", help);
            }
            Content::Json(name) => self.spec.schema(name),
            Content::Text(schema) => {
                if !matches!(schema.shape, Shape::String(_)) {
                    self.report(&place, "text that is not a string", "use `type: string`");
                }
                Some(&**schema)
            }
        };
        if let (Content::Json(_), Some(schema), None) =
            (&operation.response.content, schema, self.spec.enveloped(operation))
        {
            self.bare_response(&place, schema);
        }
        self.require_example(&place, example);
        if let (Some(schema), Some(example)) = (schema, example) {
            self.example_response(&[&*place, &["example"]].concat(), schema, example);
        }
    }

    /// A response without the envelope, which the library has to tell from a rejection.
    fn bare_response(&mut self, place: &[&str], schema: &Schema) {
        let properties = self.spec.properties(schema);
        let has = |name: &str| properties.iter().any(|(property, _)| property.name == name);
        for name in ["statusCode", "code", "error"] {
            // A code without a message is the data's own.
            if has(name) && (name != "code" || has("message")) {
                let message = format!("a property `{name}` without the envelope");
                self.report(place, message, "use the envelope; the library takes it for a rejection");
            }
        }
        let is_list = matches!(self.spec.resolve(schema).shape, Shape::Array(_));
        if !is_list && !properties.is_empty() && properties.iter().all(|(_, required)| !required) {
            let help = "require what a success always has; an empty object is none";
            self.report(place, "no required property without the envelope", help);
        }
    }

    fn url_only(&mut self, operation: &Operation) {
        let in_url = operation.parameters.iter().all(|it| matches!(it.location, Location::Path | Location::Query));
        if operation.method != Method::Get || !in_url || operation.body.is_some() {
            self.report(&operation.place(""), "not a URL to open", "use GET, and parameters in path and query only");
        }
    }

    /// More than one alternative, of which only the first would be used.
    pub(super) fn security(&mut self, place: &[&str], requirements: &Value) {
        if requirements.as_array().is_some_and(|alternatives| alternatives.len() > 1) {
            self.report(place, "more than one alternative", "list all schemes in the first entry");
        }
    }

    fn require_example(&mut self, place: &[&str], example: Option<&Value>) {
        if example.is_none() {
            self.report(place, "no example", "add one with realistic values; documentation and tests use it");
        }
    }
}

/// Whether URLs and header names have this character as it is.
fn is_unreserved(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~".contains(character)
}
