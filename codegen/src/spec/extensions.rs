//! Every `x-genauth-…` extension, each parsed here and nowhere else. `openapi/README.md` documents them, and `keys.rs`
//! has the places where they mean something.

use indexmap::IndexMap;
use openapiv3::{Operation, ParameterData, SchemaData, SecurityScheme, Server};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::sandbox::Sandbox;

/// An extension that cannot be read: its name, and why.
pub type ExtensionError = (String, String);

type Extensions = IndexMap<String, Value>;

/// Reads the extensions of one place, and collects the errors in them.
struct Reader<'a> {
    extensions: &'a Extensions,
    errors: Vec<ExtensionError>,
}

impl<'a> Reader<'a> {
    fn new(extensions: &'a Extensions) -> Self {
        Self { extensions, errors: Vec::new() }
    }

    fn read<T: DeserializeOwned>(&mut self, name: &'static str) -> Option<T> {
        let value = self.extensions.get(name)?;
        T::deserialize(value).map_err(|error| self.errors.push((name.to_owned(), error.to_string()))).ok()
    }

    fn flag(&mut self, name: &'static str) -> bool {
        self.read(name).unwrap_or_default()
    }
}

/// The extensions of an operation.
#[derive(Debug, Default)]
pub struct OperationExtensions {
    pub access_token_argument: bool,
    pub aliases: Vec<String>,
    pub convenience_methods: Vec<ConvenienceMethod>,
    pub idempotent: Option<bool>,
    pub internal_use: Option<InternalUse>,
    pub pagination: Option<Pagination>,
    pub sandbox: Option<Sandbox>,
    pub upstream_response: Option<UpstreamResponse>,
    pub url_only: bool,
    pub websocket: Option<WebSocket>,
}

impl OperationExtensions {
    pub fn read(operation: &Operation) -> (Self, Vec<ExtensionError>) {
        let mut reader = Reader::new(&operation.extensions);
        let extensions = Self {
            access_token_argument: reader.flag("x-genauth-access-token-argument"),
            aliases: reader.read("x-genauth-aliases").unwrap_or_default(),
            convenience_methods: reader.read("x-genauth-convenience-methods").unwrap_or_default(),
            idempotent: reader.read("x-genauth-idempotent"),
            internal_use: reader.read("x-genauth-internal-use"),
            pagination: reader.read("x-genauth-pagination"),
            sandbox: reader.read("x-genauth-sandbox"),
            upstream_response: reader.read("x-genauth-upstream-response"),
            url_only: reader.flag("x-genauth-url-only"),
            websocket: reader.read("x-genauth-websocket"),
        };
        (extensions, reader.errors)
    }
}

/// A method that builds the body of an operation from a few arguments.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ConvenienceMethod {
    pub name: String,
    pub summary: String,
    /// Properties of the body, with their values.
    pub set: Map<String, Value>,
    /// The arguments: paths of properties in the body.
    pub arguments: Vec<String>,
    pub internal_use: Option<InternalUse>,
}

/// What the library itself uses an operation, or a convenience method of one, for.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "snake_case")]
pub enum InternalUse {
    Authorization,
    CodeExchange,
    Discovery,
    Jwks,
    ManagementToken,
    TokenRefresh,
    TokenRevocation,
}

impl InternalUse {
    pub fn name(self) -> &'static str {
        match self {
            Self::Authorization => "authorization",
            Self::CodeExchange => "code_exchange",
            Self::Discovery => "discovery",
            Self::Jwks => "jwks",
            Self::ManagementToken => "management_token",
            Self::TokenRefresh => "token_refresh",
            Self::TokenRevocation => "token_revocation",
        }
    }
}

/// How a response is divided into pages.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Pagination {
    Numbered(NumberedPages),
    Linked(LinkedPages),
}

/// Pages that are requested by their number.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberedPages {
    /// What takes the page's number, counted from 1: a query parameter, or the path of a property in the body.
    pub page: String,
    /// What takes the page's size.
    pub limit: String,
    /// The property of the data with the page's items; without it, the data is the items.
    pub items: Option<String>,
    /// The property of the data with the number of items on all pages.
    pub total: Option<String>,
}

/// Pages that each name the next one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkedPages {
    /// What takes the cursor: a query parameter, or the path of a property in the body.
    pub cursor: String,
    /// The property of the data with the cursor of the next page.
    pub next: String,
    /// The property of the data that says whether there is a next page.
    pub more: Option<String>,
    pub items: String,
}

/// The form of another service's response that the API passes through.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpstreamResponse {
    pub payload: String,
    pub code: String,
    pub message: String,
    pub success: i64,
    pub throttled: Vec<i64>,
    pub transient: Vec<i64>,
}

/// A WebSocket that delivers events.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WebSocket {
    /// A short name for the method.
    pub method: String,
    /// The parameter with the event type.
    pub event_type: String,
}

/// A value that the client supplies by itself.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub enum ClientSupplied {
    Constant(String),
    From(ClientSetting),
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub enum ClientSetting {
    AppId,
}

/// The extension of a parameter.
pub fn client_supplied(parameter: &ParameterData) -> (Option<ClientSupplied>, Vec<ExtensionError>) {
    let mut reader = Reader::new(&parameter.extensions);
    let supplied = reader.read("x-genauth-client-supplied");
    (supplied, reader.errors)
}

/// The extensions of a schema.
#[derive(Debug, Default)]
pub struct SchemaExtensions {
    pub other_names: Vec<String>,
    pub skip_unreadable_items: bool,
    pub used_in_requests: bool,
    pub error_codes: Vec<ErrorCode>,
    pub variant_names: Vec<String>,
    pub variant_descriptions: Vec<String>,
}

impl SchemaExtensions {
    pub fn read(data: &SchemaData) -> (Self, Vec<ExtensionError>) {
        let mut reader = Reader::new(&data.extensions);
        let extensions = Self {
            other_names: reader.read("x-genauth-other-names").unwrap_or_default(),
            skip_unreadable_items: reader.flag("x-genauth-skip-unreadable-items"),
            used_in_requests: reader.flag("x-genauth-used-in-requests"),
            error_codes: reader.read("x-genauth-error-codes").unwrap_or_default(),
            variant_names: reader.read("x-enum-varnames").unwrap_or_default(),
            variant_descriptions: reader.read("x-enum-descriptions").unwrap_or_default(),
        };
        (extensions, reader.errors)
    }
}

/// A documented value of a status or error code.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorCode {
    pub code: i64,
    pub name: String,
    pub description: String,
    /// The name of the schema of the data that comes with it.
    pub data: Option<String>,
}

/// The extension of a server: the brand whose applications use it.
pub fn brand(server: &Server) -> (Option<Brand>, Vec<ExtensionError>) {
    let mut reader = Reader::new(&server.extensions);
    let brand = reader.read("x-genauth-brand");
    (brand, reader.errors)
}

/// The name under which the service runs.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Brand {
    GenAuth,
    Authing,
}

/// The properties of a body that take the application's id and secret.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientCredentials {
    pub id: String,
    pub secret: String,
}

/// The extension of a security scheme.
pub fn client_credentials(scheme: &SecurityScheme) -> (Option<ClientCredentials>, Vec<ExtensionError>) {
    let (SecurityScheme::APIKey { extensions, .. }
    | SecurityScheme::HTTP { extensions, .. }
    | SecurityScheme::OAuth2 { extensions, .. }
    | SecurityScheme::OpenIDConnect { extensions, .. }) = scheme;
    let mut reader = Reader::new(extensions);
    let credentials = reader.read("x-genauth-client-credentials");
    (credentials, reader.errors)
}
