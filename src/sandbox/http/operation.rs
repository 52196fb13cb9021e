//! The operations of the API, with what the sandbox needs to serve them.

use std::io;
use std::sync::{LazyLock, OnceLock};

use serde_json::{Map, Value, json};

use super::schema::Schema;
use crate::sandbox::handlers::Handler;
use crate::spec::{OPERATIONS, OperationSpec, ParameterSpec};

/// Shared by all sandboxes of the process, so that each schema is compiled once.
static ALL: LazyLock<Result<Vec<Operation>, String>> =
    LazyLock::new(|| OPERATIONS.iter().map(Operation::new).collect());

pub struct Operation {
    pub spec: &'static OperationSpec,
    pub handler: Handler,
    schemas: OnceLock<Schemas>,
}

/// The schemas of an operation's requests.
pub struct Schemas {
    /// That of an object with all parameters.
    pub parameters: Schema,
    pub body: Option<Schema>,
}

impl Operation {
    /// # Errors
    ///
    /// When the OpenAPI document names a handler that does not exist.
    pub fn all() -> io::Result<&'static [Self]> {
        ALL.as_deref().map_err(|error| io::Error::other(error.as_str()))
    }

    pub fn find(method: &str, path: &str) -> Option<&'static Self> {
        ALL.as_deref().ok()?.iter().find(|operation| operation.spec.method == method && operation.spec.path == path)
    }

    fn new(spec: &'static OperationSpec) -> Result<Self, String> {
        let handler = match spec.sandbox_handler {
            None => Handler::EXAMPLE,
            Some(name) => Handler::find(name).ok_or_else(|| {
                format!("{}: unknown x-genauth-sandbox `{name}`; src/sandbox/handlers/mod.rs lists all", spec.id)
            })?,
        };
        Ok(Self { spec, handler, schemas: OnceLock::new() })
    }

    /// The schemas, which are parsed at the first request.
    pub fn schemas(&self) -> &Schemas {
        self.schemas.get_or_init(|| Schemas {
            parameters: parameters_schema(self.spec.parameters),
            body: self.spec.body.map(|body| Schema::named(body.schema)),
        })
    }
}

fn parameters_schema(parameters: &[ParameterSpec]) -> Schema {
    let properties = parameters.iter().map(|parameter| {
        let schema = serde_json::from_str(parameter.schema).expect("the schema of a parameter is JSON");
        (parameter.name.to_owned(), schema)
    });
    let mut schema = json!({ "type": "object", "properties": properties.collect::<Map<_, Value>>() });
    let required: Vec<_> = parameters.iter().filter(|parameter| parameter.required).map(|it| it.name).collect();
    // Draft 4 does not allow an empty `required`.
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    Schema::new(schema)
}
