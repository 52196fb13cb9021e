//! The bundled description, as the command reads it: its operations and their fields.

use std::borrow::Cow;

use heck::ToKebabCase;
use serde_json::{Map, Value};

use super::cli;

/// The document behind every command.
pub struct Description {
    document: Value,
}

/// An operation, with the path and the method that it answers.
pub struct Operation<'a> {
    document: &'a Value,
    pub path: &'a str,
    pub method: &'a str,
    pub spec: &'a Value,
}

/// A parameter, a member of a body, or a member of an answer.
pub struct Field<'a> {
    pub name: &'a str,
    pub description: &'a str,
    pub required: bool,
    pub kind: Kind<'a>,
}

/// What a field holds.
pub enum Kind<'a> {
    Text,
    Secret,
    Boolean,
    Integer,
    Number,
    /// One of these values.
    Choice(Vec<&'a str>),
    /// Any number of texts.
    Texts,
    /// Anything else: JSON.
    Json,
}

impl Description {
    pub fn read() -> Self {
        Self { document: serde_json::from_str(genauth::OPENAPI).expect("the build wrote it as JSON") }
    }

    pub fn document(&self) -> &Value {
        &self.document
    }

    pub fn operations(&self) -> impl Iterator<Item = Operation<'_>> {
        operations(&self.document)
    }

    /// The operation with this name, written with dashes.
    pub fn operation(&self, name: &str) -> Option<Operation<'_>> {
        self.operations().find(|operation| operation.name() == name)
    }

    /// The names of the tags.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.document["tags"].as_array().into_iter().flatten().filter_map(|tag| tag["name"].as_str())
    }
}

/// All but the lines over which events come.
fn operations(document: &Value) -> impl Iterator<Item = Operation<'_>> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths.flat_map(move |(path, methods)| {
        let methods = methods.as_object().into_iter().flatten();
        let called = methods.filter(|(_, spec)| spec.get("x-genauth-websocket").is_none());
        called.map(move |(method, spec)| Operation { document, path, method, spec })
    })
}

impl<'a> Operation<'a> {
    pub fn id(&self) -> &'a str {
        self.text("operationId")
    }

    /// Its command: the operationId with dashes, after `operation-` where a command of another kind has that name.
    pub fn name(&self) -> String {
        let name = self.id().to_kebab_case();
        if cli::is_taken(&name) { format!("operation-{name}") } else { name }
    }

    pub fn tag(&self) -> &'a str {
        self.spec["tags"][0].as_str().unwrap_or_default()
    }

    pub fn summary(&self) -> &'a str {
        self.text("summary")
    }

    /// What the description says of it, a paragraph a line, and with other operations by their commands' names.
    pub fn description(&self) -> String {
        let mut text = String::new();
        for line in self.text("description").trim_end().lines().map(str::trim) {
            text += match line {
                "" => "\n\n",
                _ if text.is_empty() || text.ends_with('\n') => "",
                _ if line.starts_with("- ") => "\n",
                _ => " ",
            };
            text += line;
        }
        let quoted = text.split('`').map(|part| match operations(self.document).find(|other| other.id() == part) {
            Some(other) => other.name().into(),
            None => Cow::Borrowed(part),
        });
        quoted.collect::<Vec<_>>().join("`")
    }

    /// The credentials that it sends.
    pub fn credentials(&self) -> impl Iterator<Item = &'a str> {
        let security = self.spec.get("security").unwrap_or(&self.document["security"]);
        security[0].as_object().into_iter().flatten().map(|(scheme, _)| scheme.as_str())
    }

    /// Its parameters and its body's members, the required ones first. A name that stands for both comes once.
    pub fn fields(&self) -> Vec<Field<'a>> {
        let parameters = self.parameters().map(|parameter| Field {
            name: parameter["name"].as_str().unwrap_or_default(),
            description: parameter["description"].as_str().unwrap_or_default(),
            required: parameter["required"] == true,
            kind: self.kind(&parameter["schema"]),
        });
        let mut fields: Vec<Field> = Vec::new();
        for field in parameters.chain(self.members(&self.body()["schema"])) {
            match fields.iter_mut().find(|other| other.name == field.name) {
                Some(other) => other.required |= field.required,
                None => fields.push(field),
            }
        }
        fields.sort_by_key(|field| !field.required);
        fields
    }

    /// The parameters that have to be given; some the client knows.
    fn parameters(&self) -> impl Iterator<Item = &'a Value> {
        let parameters = self.spec["parameters"].as_array().into_iter().flatten();
        parameters.filter(|parameter| parameter.get("x-genauth-client-supplied").is_none())
    }

    /// The example of a whole request, parameters and body.
    pub fn example(&self) -> Map<String, Value> {
        let parameters = self
            .parameters()
            .filter_map(|parameter| Some((parameter["name"].as_str()?.to_owned(), parameter.get("example")?.clone())));
        let body = self.body()["example"].as_object().cloned().unwrap_or_default();
        parameters.chain(body).collect()
    }

    /// Whether a browser opens it: the command prints its address, and calls nothing.
    pub fn is_address(&self) -> bool {
        self.spec["x-genauth-url-only"] == true
    }

    /// What stands in the answer's `data`, or the answer itself where it has no envelope; nothing if there is none.
    pub fn data(&self) -> Option<&'a Value> {
        let schema = self.resolve(self.answer().get("schema")?);
        let parts = schema["allOf"].as_array().into_iter().flatten();
        match parts.clone().any(|part| part["$ref"] == "#/components/schemas/Envelope") {
            true => parts.into_iter().find_map(|part| part["properties"].get("data")),
            false => Some(schema),
        }
    }

    pub fn answer_example(&self) -> &'a Value {
        &self.answer()["example"]
    }

    /// The members that an object schema has, those of its parts included, or that the items of a list have.
    pub fn members(&self, schema: &'a Value) -> Vec<Field<'a>> {
        let schema = self.resolve(schema);
        let required: Vec<_> = schema["required"].as_array().into_iter().flatten().collect();
        let own = schema["properties"].as_object().into_iter().flatten().map(|(name, property)| {
            let own = property["description"].as_str();
            let description = own.or_else(|| self.resolve(property)["description"].as_str()).unwrap_or_default();
            let required = required.iter().any(|other| *other == name);
            Field { name, description, required, kind: self.kind(property) }
        });
        let mut members: Vec<_> = own.collect();
        for part in schema["allOf"].as_array().into_iter().flatten().chain(schema.get("items")) {
            for member in self.members(part) {
                if !members.iter().any(|other| other.name == member.name) {
                    members.push(member);
                }
            }
        }
        members
    }

    /// The names of the members beside the last of `path`, such as those of `payload` for `payload.code`.
    pub fn names_beside(&self, path: &str) -> Vec<&'a str> {
        let Some((outer, _)) = path.rsplit_once('.') else {
            return self.fields().iter().map(|field| field.name).collect();
        };
        let mut schema = &self.body()["schema"];
        for name in outer.split('.').filter(|name| name.parse::<usize>().is_err()) {
            schema = self.property(schema, name).unwrap_or(&Value::Null);
        }
        self.members(schema).iter().map(|field| field.name).collect()
    }

    fn property(&self, schema: &'a Value, name: &str) -> Option<&'a Value> {
        let schema = self.resolve(schema);
        let parts = schema["allOf"].as_array().into_iter().flatten().chain(schema.get("items"));
        let own = schema["properties"].get(name);
        own.or_else(|| parts.into_iter().find_map(|part| self.property(part, name)))
    }

    fn kind(&self, schema: &'a Value) -> Kind<'a> {
        let schema = self.resolve(schema);
        if let Some(values) = schema["enum"].as_array() {
            return Kind::Choice(values.iter().filter_map(Value::as_str).collect());
        }
        match schema["type"].as_str() {
            Some("string") if schema["format"] == "password" => Kind::Secret,
            Some("string") => Kind::Text,
            Some("boolean") => Kind::Boolean,
            Some("integer") => Kind::Integer,
            Some("number") => Kind::Number,
            Some("array") if matches!(self.kind(&schema["items"]), Kind::Text | Kind::Choice(_)) => Kind::Texts,
            _ => Kind::Json,
        }
    }

    /// The schema that a reference leads to, directly or by an `allOf` of one.
    fn resolve(&self, schema: &'a Value) -> &'a Value {
        let only = schema["allOf"].as_array().filter(|parts| parts.len() == 1).map(|parts| &parts[0]);
        let reference = schema["$ref"].as_str().or_else(|| only?["$ref"].as_str());
        match reference.and_then(|reference| self.document.pointer(reference.strip_prefix('#')?)) {
            Some(target) => self.resolve(target),
            None => schema,
        }
    }

    /// The media type of its body, whichever it is: schema and example.
    fn body(&self) -> &'a Value {
        only_media(&self.spec["requestBody"])
    }

    fn answer(&self) -> &'a Value {
        let responses = &self.spec["responses"];
        only_media(responses.get("200").unwrap_or(&responses["2XX"]))
    }

    fn text(&self, key: &str) -> &'a str {
        self.spec[key].as_str().unwrap_or_default()
    }
}

fn only_media(holder: &Value) -> &Value {
    holder["content"].as_object().and_then(|content| content.values().next()).unwrap_or(&Value::Null)
}

impl Kind<'_> {
    /// What it is called in help and tables.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text | Self::Choice(_) => "text",
            Self::Secret => "secret",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Texts => "list of texts",
            Self::Json => "JSON",
        }
    }
}
