//! The operations of the API, with what the sandbox needs to serve them.

use std::io;
use std::sync::{LazyLock, OnceLock};

use serde_json::{Map, Value, json};

use super::schema::{NamedSchemas, Schema};
#[cfg(feature = "management")]
use crate::management;
use crate::sandbox::handlers::Handler;
use crate::spec::{self, OperationKind, OperationSpec, ParameterSpec};

/// Shared by all sandboxes of the process, so that each schema is compiled once.
static AUTHENTICATION: LazyLock<Result<Vec<Operation>, String>> = LazyLock::new(|| Api::Authentication.operations());

#[cfg(feature = "management")]
static MANAGEMENT: LazyLock<Result<Vec<Operation>, String>> = LazyLock::new(|| Api::Management.operations());

/// An API, which has a base URL of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    Authentication,
    #[cfg(feature = "management")]
    Management,
}

impl Api {
    const ALL: &[Self] = &[
        Self::Authentication,
        #[cfg(feature = "management")]
        Self::Management,
    ];

    fn operations(self) -> Result<Vec<Operation>, String> {
        let (operations, schemas) = match self {
            Self::Authentication => (spec::OPERATIONS, spec::SCHEMAS),
            #[cfg(feature = "management")]
            Self::Management => (management::spec::OPERATIONS, management::spec::SCHEMAS),
        };
        operations.iter().map(|spec| Operation::new(spec, schemas)).collect()
    }
}

pub struct Operation {
    pub spec: &'static OperationSpec,
    pub handler: Handler,
    /// The named schemas of its API.
    named_schemas: NamedSchemas,
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
    pub fn all(api: Api) -> io::Result<&'static [Self]> {
        let all = match api {
            Api::Authentication => &AUTHENTICATION,
            #[cfg(feature = "management")]
            Api::Management => &MANAGEMENT,
        };
        all.as_deref().map_err(|error| io::Error::other(error.as_str()))
    }

    /// The operations at the base URL of an API. As with the service, one host has the WebSockets of all.
    pub fn served(api: Api) -> impl Iterator<Item = &'static Self> {
        Api::ALL.iter().flat_map(move |other| {
            Self::all(*other).into_iter().flatten().filter(move |operation| match operation.spec.kind {
                OperationKind::WebSocket => api == Api::Authentication,
                OperationKind::Call | OperationKind::UrlOnly => api == *other,
            })
        })
    }

    pub fn find(api: Api, method: &str, path: &str) -> Option<&'static Self> {
        Self::served(api).find(|operation| operation.spec.method == method && operation.spec.path == path)
    }

    /// Whether an operation of any API has this id.
    pub fn exists(id: &str) -> bool {
        let has = |api| Self::all(api).is_ok_and(|all| all.iter().any(|operation| operation.spec.id == id));
        Api::ALL.iter().any(|api| has(*api))
    }

    fn new(spec: &'static OperationSpec, named_schemas: NamedSchemas) -> Result<Self, String> {
        let handler = Handler::of(spec).map_err(|name| {
            format!("{}: unknown x-genauth-sandbox `{name}`; src/sandbox/handlers/ has all", spec.id)
        })?;
        Ok(Self { spec, handler, named_schemas, schemas: OnceLock::new() })
    }

    /// The schemas, which are parsed at the first request.
    pub fn schemas(&self) -> &Schemas {
        self.schemas.get_or_init(|| Schemas {
            parameters: parameters_schema(self.spec.parameters, self.named_schemas),
            body: self.spec.body.map(|body| Schema::named(body.schema, self.named_schemas)),
        })
    }
}

fn parameters_schema(parameters: &[ParameterSpec], named_schemas: NamedSchemas) -> Schema {
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
    Schema::new(schema, named_schemas)
}
