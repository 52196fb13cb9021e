//! Operations, as far as the generated code depends on them.

use heck::ToUpperCamelCase;
use proc_macro2::Ident;
use serde_json::Value;

use super::extensions::{Brand, ClientCredentials, ClientSupplied, OperationExtensions};
use super::idents;
use super::schema::Schema;

/// An operation.
#[derive(Debug)]
pub struct Operation {
    pub id: String,
    pub path: String,
    pub method: Method,
    pub tag: String,
    pub summary: String,
    pub description: String,
    pub deprecated: bool,
    pub kind: Kind,
    /// The security schemes that it needs, all of them.
    pub security: Vec<Security>,
    pub parameters: Vec<Parameter>,
    pub body: Option<Body>,
    pub response: Response,
    pub error_format: ErrorFormat,
    pub extensions: OperationExtensions,
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    pub const ALL: [Self; 5] = [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete];

    /// Its key in a path item.
    pub fn key(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
            Self::Put => "put",
            Self::Patch => "patch",
            Self::Delete => "delete",
        }
    }

    /// Its name in a request.
    pub fn name(self) -> String {
        self.key().to_uppercase()
    }
}

/// How an operation is used.
#[derive(Debug, PartialEq, Eq)]
pub enum Kind {
    /// The client sends a request.
    Call,
    /// The client builds a URL, which a browser opens.
    UrlOnly,
    /// The client opens a WebSocket, on one of these hosts.
    WebSocket(Vec<(Brand, String)>),
}

/// A security scheme.
#[derive(Clone, Debug)]
pub struct Security {
    pub name: String,
    /// The query parameter that takes the credential.
    pub query_parameter: Option<String>,
    /// The properties of a body that take the credential.
    pub client_credentials: Option<ClientCredentials>,
}

/// A parameter.
#[derive(Debug)]
pub struct Parameter {
    pub name: String,
    pub location: Location,
    pub required: bool,
    pub description: String,
    pub schema: Schema,
    /// The schema in JSON.
    pub json: Value,
    pub example: Option<Value>,
    pub client_supplied: Option<ClientSupplied>,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

/// The body of a request.
#[derive(Debug)]
pub struct Body {
    pub media_type: String,
    /// The name of its schema.
    pub schema: String,
    pub example: Option<Value>,
}

/// The response to a call that succeeds.
#[derive(Debug)]
pub struct Response {
    pub content: Content,
    pub example: Option<Value>,
}

/// What a response consists of.
#[derive(Debug)]
pub enum Content {
    /// No body.
    Empty,
    /// Text that is not JSON.
    Text(Box<Schema>),
    /// JSON of this named schema, which may be an envelope.
    Json(String),
    /// Nothing that the library can read.
    Unsupported,
}

impl Content {
    /// The media type that the library asks for.
    pub fn media_type(&self) -> Option<&'static str> {
        match self {
            Self::Text(_) => Some(TEXT),
            Self::Json(_) => Some(JSON),
            Self::Empty | Self::Unsupported => None,
        }
    }
}

/// How a rejection is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorFormat {
    /// In the envelope.
    Envelope,
    /// As an OAuth 2.0 error.
    OAuth,
    /// As an HTML page.
    Page,
}

pub const JSON: &str = "application/json";
pub const FORM: &str = "application/x-www-form-urlencoded";
pub const TEXT: &str = "text/plain";

impl Operation {
    /// Its request, as a type.
    pub fn type_ident(&self) -> Ident {
        idents::type_ident(&self.id)
    }

    /// Its method.
    pub fn method_ident(&self) -> Ident {
        idents::value_ident(&self.id)
    }

    /// The path of keys to `key` inside it.
    pub fn place<'a>(&'a self, key: &'a str) -> Vec<&'a str> {
        let place = ["paths", &self.path, self.method.key(), key];
        place.into_iter().filter(|key| !key.is_empty()).collect()
    }

    pub fn is_idempotent(&self) -> bool {
        self.extensions.idempotent.unwrap_or(self.method == Method::Get)
    }

    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }

    /// The parameters that the caller supplies.
    pub fn caller_parameters(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|parameter| parameter.client_supplied.is_none())
    }

    /// The name of the schema that its parameters make up together.
    pub fn parameters_name(&self) -> String {
        format!("{}Parameters", self.id.to_upper_camel_case())
    }

    /// The properties of a body that take the application's id and secret.
    pub fn client_credentials(&self) -> Option<&ClientCredentials> {
        self.body.as_ref()?;
        self.security.iter().find_map(|scheme| scheme.client_credentials.as_ref())
    }
}

/// What a JSON response in the envelope holds.
#[derive(Debug)]
pub struct Enveloped<'a> {
    /// Its data, if it has any.
    pub data: Option<&'a Schema>,
    /// Whether every response has the data.
    pub required: bool,
}
