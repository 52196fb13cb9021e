//! What the OpenAPI document says of each operation, as static data: nothing parses the document to know it.

pub use crate::client::operation::{ResponseShape, SecurityScheme, UpstreamResponse};

/// An operation of the API.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct OperationSpec {
    /// Its operationId, which is also the name of its method.
    pub id: &'static str,
    /// The tag that groups it.
    pub tag: &'static str,
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path's template, such as `/users/{id}`.
    pub path: &'static str,
    /// What it does, in a line.
    pub summary: &'static str,
    /// When to call it, what it needs, which errors to expect; in Markdown.
    pub description: &'static str,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// How it is used.
    pub kind: OperationKind,
    /// The credentials it needs, all of them.
    pub security: &'static [SecurityScheme],
    /// Its parameters, in the document's order.
    pub parameters: &'static [ParameterSpec],
    /// Its body, if it has one.
    pub body: Option<BodySpec>,
    /// Its response to a call that succeeds.
    pub response: ResponseSpec,
    /// How the service reports a rejection.
    pub error_format: ErrorFormat,
    /// The handler that the sandbox has for it; without one, the sandbox responds with the example.
    pub sandbox_handler: Option<&'static str>,
}

/// How an operation is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationKind {
    /// The client sends a request.
    Call,
    /// The client builds a URL, which a browser opens.
    UrlOnly,
    /// The client opens a WebSocket.
    WebSocket,
}

/// A parameter of an operation.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ParameterSpec {
    /// Its name in the request.
    pub name: &'static str,
    /// Where it goes.
    pub location: ParameterLocation,
    /// Whether every request has it.
    pub required: bool,
    /// Whether the client supplies the value by itself.
    pub client_supplied: bool,
    /// What it means.
    pub description: &'static str,
    /// What it holds.
    pub value: ValueKind,
    /// Its JSON schema, in JSON.
    pub schema: &'static str,
    /// An example, in JSON.
    pub example: Option<&'static str>,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterLocation {
    /// Into a segment of the path.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
}

/// The body of a request.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct BodySpec {
    /// `application/json` or `application/x-www-form-urlencoded`.
    pub media_type: &'static str,
    /// The name of its schema, one of [`SCHEMAS`].
    pub schema: &'static str,
    /// Its properties.
    pub fields: &'static [FieldSpec],
    /// An example, in JSON.
    pub example: &'static str,
}

/// The response to a call that succeeds.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ResponseSpec {
    /// Its media type; none where there is no body.
    pub media_type: Option<&'static str>,
    /// How it is read.
    pub shape: ResponseShape,
    /// The properties of its data, or of an item where the data is a list.
    pub fields: &'static [FieldSpec],
    /// An example, in JSON.
    pub example: Option<&'static str>,
}

/// A property of a body, or of a response's data.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct FieldSpec {
    /// Its name in JSON.
    pub name: &'static str,
    /// What it means.
    pub description: &'static str,
    /// Whether it is always present.
    pub required: bool,
    /// What it holds.
    pub value: ValueKind,
}

/// What a parameter or property holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// A string.
    String,
    /// A string that is secret.
    Secret,
    /// A boolean.
    Boolean,
    /// An integer.
    Integer,
    /// A number.
    Number,
    /// One of these strings, as far as they are documented.
    Enum(&'static [&'static str]),
    /// A list of strings.
    StringList,
    /// Anything else, as JSON.
    Json,
}

/// How the service reports that it rejects a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorFormat {
    /// In the API's envelope, mostly under HTTP 200.
    Envelope,
    /// As an error of OAuth 2.0, under an HTTP status of 4xx or 5xx.
    OAuth,
    /// As a page for the browser.
    Page,
}

/// A tag: a group of operations.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct TagSpec {
    /// Its name.
    pub name: &'static str,
    /// What its operations are about.
    pub description: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/spec.rs"));
