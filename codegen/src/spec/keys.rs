//! Which keys each part of a document may have, extensions included: what is not here would be ignored.

use super::operation::Method;

/// A kind of part of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Document,
    Components,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Response,
    MediaType,
    Schema,
    SecurityScheme,
    Server,
    /// A mapping from names to such parts.
    Each(&'static Self),
    /// A value that has no parts, such as an example.
    Value,
}

impl Part {
    const WITH_KEYS: [Self; 11] = [
        Self::Document,
        Self::Components,
        Self::PathItem,
        Self::Operation,
        Self::Parameter,
        Self::RequestBody,
        Self::Response,
        Self::MediaType,
        Self::Schema,
        Self::SecurityScheme,
        Self::Server,
    ];

    /// The part at `key` of this one, or in the list there; none if this part has no such key.
    #[rustfmt::skip]
    pub fn at(self, key: &str) -> Option<Self> {
        Some(match (self, key) {
            (Self::Each(part), _) if !key.starts_with("x-genauth-") => *part,

            (Self::Document, "paths") => Self::Each(&Self::PathItem),
            (Self::Document, "components") => Self::Components,
            (Self::Document | Self::Operation, "servers") => Self::Server,
            (Self::Document, "openapi" | "info" | "tags" | "security" | "externalDocs") => Self::Value,

            (Self::Components, "schemas") => Self::Each(&Self::Schema),
            (Self::Components, "responses") => Self::Each(&Self::Response),
            (Self::Components, "securitySchemes") => Self::Each(&Self::SecurityScheme),

            (Self::PathItem, "summary" | "description") => Self::Value,
            (Self::PathItem, _) if Method::ALL.iter().any(|method| method.key() == key) => Self::Operation,

            (Self::Operation, "parameters") => Self::Parameter,
            (Self::Operation, "requestBody") => Self::RequestBody,
            (Self::Operation, "responses") => Self::Each(&Self::Response),
            (Self::Operation, "operationId" | "tags" | "summary" | "description" | "deprecated" | "security") => Self::Value,
            (
                Self::Operation,
                "x-genauth-access-token-argument" | "x-genauth-aliases" | "x-genauth-convenience-methods"
                | "x-genauth-idempotent" | "x-genauth-internal-use" | "x-genauth-pagination" | "x-genauth-sandbox"
                | "x-genauth-upstream-response" | "x-genauth-url-only" | "x-genauth-websocket",
            ) => Self::Value,

            (Self::Parameter, "schema") => Self::Schema,
            (Self::Parameter, "name" | "in" | "required" | "description" | "example") => Self::Value,
            // `x-genauth-wire-name` is replaced when the files are merged.
            (Self::Parameter, "x-genauth-client-supplied" | "x-genauth-wire-name") => Self::Value,
            // Rejected where it is read.
            (Self::Parameter | Self::RequestBody, "$ref") | (Self::Parameter, "content") => Self::Value,

            (Self::RequestBody | Self::Response, "content") => Self::Each(&Self::MediaType),
            (Self::RequestBody, "description" | "required") => Self::Value,
            (Self::Response, "description" | "headers") => Self::Value,
            (Self::MediaType, "schema") => Self::Schema,
            (Self::MediaType, "example") => Self::Value,

            (Self::Schema, "properties") => Self::Each(&Self::Schema),
            (Self::Schema, "items" | "additionalProperties" | "allOf") => Self::Schema,
            (Self::Schema, "type" | "format" | "title" | "description" | "example" | "enum" | "required") => Self::Value,
            // Servers check these, and so does the sandbox; they make no Rust type.
            (
                Self::Schema,
                "nullable" | "default" | "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf"
                | "minLength" | "maxLength" | "pattern" | "minItems" | "maxItems" | "uniqueItems" | "minProperties"
                | "maxProperties",
            ) => Self::Value,
            (Self::Schema, "x-genauth-error-codes" | "x-genauth-other-names" | "x-genauth-skip-unreadable-items") => Self::Value,
            (Self::Schema, "x-genauth-used-in-requests") => Self::Value,

            (Self::SecurityScheme, "type" | "description" | "name" | "in" | "scheme") => Self::Value,
            (Self::SecurityScheme, "x-genauth-client-credentials") => Self::Value,

            (Self::Server, "url" | "description" | "variables" | "x-genauth-brand") => Self::Value,
            _ => return None,
        })
    }

    /// Whether `key` is an extension of some part.
    pub fn is_extension(key: &str) -> bool {
        Self::WITH_KEYS.iter().any(|part| part.at(key).is_some())
    }

    /// Where a `$ref` in place of this part has to lead to.
    pub fn referred(self) -> Option<&'static str> {
        match self {
            Self::Schema => Some("/components/schemas"),
            Self::Response => Some("/components/responses"),
            _ => None,
        }
    }
}

/// Whether `key` means anything in a schema of this type.
pub fn fits_type(key: &str, ty: Option<&str>) -> bool {
    match key {
        "properties" | "required" | "additionalProperties" => ty == Some("object"),
        "items" => ty == Some("array"),
        "format" => matches!(ty, Some("string" | "integer" | "number")),
        "x-enum-varnames" | "x-enum-descriptions" => ty == Some("string"),
        "x-genauth-error-codes" => ty == Some("integer"),
        "x-genauth-used-in-requests" => ty == Some("object"),
        "x-genauth-skip-unreadable-items" => ty == Some("array"),
        "allOf" => matches!(ty, None | Some("object")),
        _ => true,
    }
}
