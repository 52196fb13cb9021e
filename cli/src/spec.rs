//! The operations of the API, as the command sees them: read from the static table in `genauth::spec`.

use std::borrow::Cow;
use std::ffi::OsString;

use genauth::spec::{OperationKind, OperationSpec, ParameterSpec, ValueKind};
use serde_json::{Map, Value};

use super::api::Api;
use super::command_name;

/// An operation with a subcommand.
#[derive(Clone, Copy)]
pub struct Operation {
    pub api: Api,
    pub spec: &'static OperationSpec,
}

/// A parameter or a property.
pub struct Field {
    pub name: &'static str,
    pub description: &'static str,
    pub required: bool,
    pub value: ValueKind,
}

/// Every operation but WebSockets, which `genauth events` opens.
pub fn operations(api: Api) -> impl Iterator<Item = Operation> {
    let callable = api.operations().iter().filter(|spec| spec.kind != OperationKind::WebSocket);
    callable.map(move |spec| Operation { api, spec })
}

/// The operation with this subcommand.
pub fn find_operation(api: Api, name: &str) -> Option<Operation> {
    operations(api).find(|operation| operation.name() == name)
}

/// The operations whose subcommand is one of the arguments.
pub fn operations_among(api: Api, arguments: &[OsString]) -> impl Iterator<Item = Operation> {
    operations(api).filter(|operation| {
        let name = operation.name();
        arguments.iter().any(|argument| argument == name.as_str())
    })
}

impl Operation {
    /// Its subcommand.
    pub fn name(&self) -> String {
        command_name::of_operation(self.spec.id, self.api.reserved_names())
    }

    /// Its subcommand after those that it is a subcommand of.
    pub fn command(&self) -> String {
        self.api.command(&self.name())
    }

    /// Its description, with one line per paragraph and list item, and other operations named by their subcommands.
    pub fn description(&self) -> String {
        let mut text = String::new();
        for line in self.spec.description.trim_end().lines().map(str::trim) {
            text += match line {
                "" => "\n\n",
                _ if text.is_empty() || text.ends_with('\n') => "",
                _ if line.starts_with("- ") => "\n",
                _ => " ",
            };
            text += line;
        }
        let parts = text.split('`').map(|part| match operations(self.api).find(|other| other.spec.id == part) {
            Some(other) => other.command().into(),
            None => Cow::Borrowed(part),
        });
        parts.collect::<Vec<_>>().join("`")
    }

    /// Its parameters and its body's properties, the required ones first; a name that is both is listed once.
    pub fn fields(&self) -> Vec<Field> {
        let parameters = self.parameters().map(|parameter| Field {
            name: parameter.name,
            description: parameter.description,
            required: parameter.required,
            value: parameter.value,
        });
        let properties = self.spec.body.iter().flat_map(|body| body.fields).map(Field::from);
        let mut fields: Vec<Field> = Vec::new();
        for field in parameters.chain(properties) {
            match fields.iter_mut().find(|other| other.name == field.name) {
                Some(other) => other.required |= field.required,
                None => fields.push(field),
            }
        }
        fields.sort_by_key(|field| !field.required);
        fields
    }

    /// An example of a request: parameters and the body's properties together.
    pub fn example(&self) -> Map<String, Value> {
        let mut example = Map::new();
        for parameter in self.parameters() {
            if let Some(value) = parameter.example {
                example.insert(parameter.name.to_owned(), parse(value));
            }
        }
        if let Some(Value::Object(body)) = self.spec.body.map(|body| parse(body.example)) {
            example.extend(body);
        }
        example
    }

    pub fn response_example(&self) -> Option<Value> {
        self.spec.response.example.map(parse)
    }

    /// The parameters that the caller supplies.
    fn parameters(&self) -> impl Iterator<Item = &'static ParameterSpec> {
        self.spec.parameters.iter().filter(|parameter| !parameter.client_supplied)
    }
}

impl From<&genauth::spec::FieldSpec> for Field {
    fn from(field: &genauth::spec::FieldSpec) -> Self {
        Self { name: field.name, description: field.description, required: field.required, value: field.value }
    }
}

fn parse(json: &str) -> Value {
    serde_json::from_str(json).expect("the table's examples are JSON")
}

/// A value's type, for help and tables.
pub fn type_name(value: ValueKind) -> &'static str {
    match value {
        ValueKind::String | ValueKind::Enum(_) => "string",
        ValueKind::Secret => "secret",
        ValueKind::Boolean => "boolean",
        ValueKind::Integer => "integer",
        ValueKind::Number => "number",
        ValueKind::StringList => "list of strings",
        ValueKind::Json => "JSON",
    }
}
