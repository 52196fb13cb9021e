//! What the OpenAPI document says of each operation, as static data, so that nothing parses the document at run time.

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
    /// What it does, in one line.
    pub summary: &'static str,
    /// When to call it, what it needs, which errors to expect; in Markdown.
    pub description: &'static str,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// How it is used.
    pub kind: OperationKind,
    /// The credentials that it requires, all of them.
    pub security: &'static [SecurityScheme],
    /// Its parameters, in the document's order.
    pub parameters: &'static [ParameterSpec],
    /// Its body, if it has one.
    pub body: Option<BodySpec>,
    /// Its successful response.
    pub response: ResponseSpec,
    /// How the service reports a rejection.
    pub error_format: ErrorFormat,
    /// The name of the sandbox's handler; with neither this nor a collection, the sandbox responds with the example.
    pub sandbox_handler: Option<&'static str>,
    /// What the operation does with a collection of items that the sandbox stores.
    pub sandbox_collection: Option<CollectionSpec>,
    /// What the sandbox also serves for clients of other libraries: each a method, in capitals, and a path.
    pub sandbox_routes: &'static [(&'static str, &'static str)],
}

#[cfg(all(feature = "sandbox", feature = "management"))]
impl OperationSpec {
    /// Whether it has a parameter, or a property of its body, with this name.
    pub(crate) fn has_argument(&self, name: &str) -> bool {
        let mut fields = self.body.iter().flat_map(|body| body.fields);
        self.parameters.iter().any(|parameter| parameter.name == name) || fields.any(|field| field.name == name)
    }
}

/// What an operation does with a collection of items that the sandbox stores.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct CollectionSpec {
    /// The collection's name.
    pub name: &'static str,
    /// The properties that identify an item together.
    pub key: &'static [&'static str],
    /// What is done.
    pub action: CollectionAction,
    /// The argument that lists items, or their keys.
    pub argument: Option<&'static str>,
    /// The argument with the new value of the last part of the key.
    pub rename: Option<&'static str>,
    /// An item that the operation returns, with the values of its example, `null` for what may be anything; in JSON.
    pub example: &'static str,
    /// Its required properties.
    pub required: &'static [&'static str],
}

/// What is done with a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CollectionAction {
    /// Creates an item.
    Create,
    /// Creates the items of a list.
    CreateAll,
    /// Returns an item.
    Get,
    /// Returns the items with the keys of a list.
    GetAll,
    /// Returns all items, in pages if the operation has them.
    List,
    /// Changes an item.
    Update,
    /// Deletes an item.
    Delete,
    /// Deletes the items with the keys of a list.
    DeleteAll,
    /// Adds members to an item.
    AddMembers,
    /// Removes members from an item.
    RemoveMembers,
    /// Returns the users who are members of an item.
    ListMembers,
    /// Returns the items of which a user is a member.
    ListOfUser,
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
    /// Its location in the request.
    pub location: ParameterLocation,
    /// Whether every request must have it.
    pub required: bool,
    /// Whether the client supplies the value.
    pub client_supplied: bool,
    /// What it means.
    pub description: &'static str,
    /// The type of its value.
    pub value: ValueKind,
    /// Its JSON schema, in JSON.
    pub schema: &'static str,
    /// An example, in JSON.
    pub example: Option<&'static str>,
}

/// The location of a parameter in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterLocation {
    /// A segment of the path.
    Path,
    /// The query.
    Query,
    /// A header.
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

/// The successful response of an operation.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ResponseSpec {
    /// Its media type; `None` if there is no body.
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
    /// The type of its value.
    pub value: ValueKind,
}

/// The type of a parameter's or property's value.
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
    /// One of these strings; servers may send others.
    Enum(&'static [&'static str]),
    /// A list of strings.
    StringList,
    /// Anything else, as JSON.
    Json,
}

/// How the service reports a rejection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorFormat {
    /// The API's envelope, mostly under HTTP 200.
    Envelope,
    /// An error of OAuth 2.0, under an HTTP status of 4xx or 5xx.
    OAuth,
    /// An HTML page for the browser.
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

include!(concat!(env!("OUT_DIR"), "/authentication/spec.rs"));
