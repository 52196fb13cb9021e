//! From the merged document to typed values.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::{
    APIKeyLocation, MediaType, ParameterSchemaOrContent, ReferenceOr, Responses, SecurityScheme, StatusCode,
};
use serde::Deserialize;
use serde_json::Value;

use super::api::Api;
use super::extensions::{self, Brand, ExtensionError, OperationExtensions};
use super::load::Document;
use super::operation::{
    Body, Content, ErrorFormat, FORM, JSON, Kind, Location, Method, Operation, Parameter, Response, Security, TEXT,
};
use super::schema::{Reader, Schema};
use super::{NamedSchema, OAUTH_ERROR, Spec, Tag};
use crate::diagnostic::Diagnostic;

const INVALID: &str = "compare it with the OpenAPI specification";
const SEE_README: &str = "see openapi/README.md";

/// The document as far as it can be read, and what is wrong with the rest.
pub fn parse(api: Api, document: Document) -> (Spec, Vec<Diagnostic>) {
    let mut parser = Parser { api, document: &document, diagnostics: Vec::new(), security: BTreeMap::new() };
    parser.read_security_schemes();
    let schemas = parser.schemas();
    let operations = parser.operations();
    let tags = parser.tags();
    let diagnostics = parser.diagnostics;
    let ids = operations.iter().enumerate().map(|(position, operation)| (operation.id.clone(), position));
    let positions = ids.collect();
    (Spec { api, document, operations, positions, schemas, tags, request_schemas: OnceCell::new() }, diagnostics)
}

struct Parser<'a> {
    api: Api,
    document: &'a Document,
    diagnostics: Vec<Diagnostic>,
    security: BTreeMap<String, Security>,
}

impl<'a> Parser<'a> {
    fn report(&mut self, place: &[&str], message: impl std::fmt::Display, help: &str) {
        self.diagnostics.push(self.document.diagnostic(place, message, help));
    }

    fn report_extensions(&mut self, place: &[&str], errors: Vec<ExtensionError>) {
        for (extension, message) in errors {
            self.report(&[place, &[&extension]].concat(), message, SEE_README);
        }
    }

    /// A part of the document, if it conforms to OpenAPI.
    fn part<T: Deserialize<'a>>(&mut self, place: &[&str], value: &'a Value) -> Option<T> {
        T::deserialize(value).map_err(|error| self.report(place, error, INVALID)).ok()
    }

    fn entries(&self, pointer: &str) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
        self.document.json.pointer(pointer).and_then(Value::as_object).into_iter().flatten()
    }

    fn tags(&mut self) -> Vec<Tag> {
        let tags: Option<Vec<openapiv3::Tag>> =
            self.document.json.get("tags").and_then(|tags| self.part(&["tags"], tags));
        let tags = tags.unwrap_or_default().into_iter();
        tags.map(|tag| Tag { name: tag.name, description: tag.description.unwrap_or_default() }).collect()
    }

    fn read_security_schemes(&mut self) {
        for (name, scheme) in self.entries("/components/securitySchemes") {
            let place = ["components", "securitySchemes", name];
            let known = self.api.security_schemes();
            if !known.contains(&name.as_str()) {
                let help = format!("the library knows {}", known.join(", "));
                self.report(&place, format!("unknown security scheme `{name}`"), &help);
                continue;
            }
            let Some(scheme) = self.part::<SecurityScheme>(&place, scheme) else { continue };
            let (client_credentials, errors) = extensions::client_credentials(&scheme);
            self.report_extensions(&place, errors);
            let query_parameter = match scheme {
                SecurityScheme::APIKey { location: APIKeyLocation::Query, name, .. } => Some(name),
                _ => None,
            };
            self.security.insert(name.clone(), Security { name: name.clone(), query_parameter, client_credentials });
        }
    }

    fn schemas(&mut self) -> IndexMap<String, NamedSchema> {
        let mut schemas = IndexMap::new();
        for (name, json) in self.entries("/components/schemas") {
            let place = ["components", "schemas", name];
            let Some(schema) = self.part::<ReferenceOr<openapiv3::Schema>>(&place, json) else { continue };
            let schema = self.schema(&place, &schema);
            schemas.insert(
                name.clone(),
                NamedSchema { is_shared: self.document.is_shared(&place), schema, json: json.clone() },
            );
        }
        schemas
    }

    fn schema(&mut self, place: &[&str], schema: &ReferenceOr<openapiv3::Schema>) -> Schema {
        let mut errors = Vec::new();
        let schema = Reader { errors: &mut errors }.read(place, schema);
        for (place, error) in errors {
            let place: Vec<&str> = place.iter().map(String::as_str).collect();
            self.report_extensions(&place, vec![error]);
        }
        schema
    }

    fn operations(&mut self) -> Vec<Operation> {
        let mut operations = Vec::new();
        for (path, item) in self.entries("/paths") {
            for method in Method::ALL {
                if let Some(json) = item.get(method.key()) {
                    operations.extend(self.operation(path, method, json));
                }
            }
        }
        operations
    }

    fn operation(&mut self, path: &str, method: Method, json: &'a Value) -> Option<Operation> {
        let place = ["paths", path, method.key()];
        let operation: openapiv3::Operation = self.part(&place, json)?;
        let (extensions, errors) = OperationExtensions::read(&operation);
        self.report_extensions(&place, errors);
        let mut parameters = Vec::new();
        for (index, parameter) in operation.parameters.iter().enumerate() {
            parameters.extend(self.parameter(&place, parameter, &json["parameters"][index]["schema"]));
        }
        let kind = match (extensions.url_only, &extensions.websocket) {
            (true, _) => Kind::UrlOnly,
            (false, Some(_)) => Kind::WebSocket(self.hosts(&place, &operation.servers)),
            (false, None) => Kind::Call,
        };
        Some(Operation {
            id: operation.operation_id.clone().unwrap_or_default(),
            path: path.to_owned(),
            method,
            tag: operation.tags.first().filter(|_| operation.tags.len() == 1).cloned().unwrap_or_default(),
            summary: operation.summary.clone().unwrap_or_default(),
            description: operation.description.clone().unwrap_or_default(),
            deprecated: operation.deprecated,
            security: self.operation_security(&place, operation.security.as_deref()),
            parameters,
            body: self.body(&place, &operation),
            response: self.response(&place, &operation.responses),
            error_format: match kind {
                Kind::UrlOnly => ErrorFormat::Page,
                _ => self.error_format(&operation.responses),
            },
            kind,
            extensions,
        })
    }

    fn parameter(
        &mut self,
        place: &[&str],
        parameter: &ReferenceOr<openapiv3::Parameter>,
        json: &Value,
    ) -> Option<Parameter> {
        let ReferenceOr::Item(parameter) = parameter else {
            self.report(&[place, &["parameters"]].concat(), "a parameter by `$ref`", "write it inline");
            return None;
        };
        let data = parameter.parameter_data_ref();
        let place = [place, &["parameters", &data.name]].concat();
        let ParameterSchemaOrContent::Schema(schema) = &data.format else {
            self.report(&place, "a parameter with `content`", "give it a schema");
            return None;
        };
        let (client_supplied, errors) = extensions::client_supplied(data);
        self.report_extensions(&place, errors);
        Some(Parameter {
            name: data.name.clone(),
            location: match parameter {
                openapiv3::Parameter::Query { .. } => Location::Query,
                openapiv3::Parameter::Header { .. } => Location::Header,
                openapiv3::Parameter::Path { .. } => Location::Path,
                openapiv3::Parameter::Cookie { .. } => Location::Cookie,
            },
            required: data.required,
            description: data.description.clone().unwrap_or_default(),
            schema: self.schema(&place, schema),
            json: json.clone(),
            example: data.example.clone(),
            client_supplied,
        })
    }

    fn hosts(&mut self, place: &[&str], servers: &[openapiv3::Server]) -> Vec<(Brand, String)> {
        let mut hosts = Vec::new();
        for server in servers {
            let (brand, errors) = extensions::brand(server);
            self.report_extensions(&[place, &["servers"]].concat(), errors);
            hosts.extend(brand.map(|brand| (brand, server.url.clone())));
        }
        hosts
    }

    /// The schemes of the first alternative: its own, or the document's.
    fn operation_security(&mut self, place: &[&str], own: Option<&[openapiv3::SecurityRequirement]>) -> Vec<Security> {
        let general: Option<Vec<openapiv3::SecurityRequirement>> = match own {
            Some(_) => None,
            None => self.document.json.get("security").and_then(|security| self.part(&["security"], security)),
        };
        let requirement = own.or(general.as_deref()).and_then(<[_]>::first);
        let mut schemes = Vec::new();
        for name in requirement.into_iter().flat_map(|requirement| requirement.keys()) {
            match self.security.get(name) {
                Some(scheme) => schemes.push(scheme.clone()),
                None => {
                    let help = "name one of components > securitySchemes";
                    self.report(&[place, &["security"]].concat(), format!("unknown security scheme `{name}`"), help);
                }
            }
        }
        schemes
    }

    fn body(&mut self, place: &[&str], operation: &openapiv3::Operation) -> Option<Body> {
        let body = operation.request_body.as_ref()?;
        let place = [place, &["requestBody"]].concat();
        let content = body.as_item().and_then(|body| {
            [JSON, FORM].into_iter().find_map(|media_type| Some((media_type, body.content.get(media_type)?)))
        });
        let body = content.and_then(|(media_type, content)| Some((media_type, content, reference(content)?)));
        match body {
            Some((media_type, content, schema)) => {
                Some(Body { media_type: media_type.to_owned(), schema, example: content.example.clone() })
            }
            None => {
                self.report(&place, "neither JSON nor a form with a named schema", "use a `$ref` to a schema");
                None
            }
        }
    }

    fn response(&mut self, place: &[&str], responses: &Responses) -> Response {
        let none = |content| Response { content, example: None };
        let successes = [StatusCode::Code(200), StatusCode::Range(2)];
        let Some(response) = successes.iter().find_map(|status| self.described(responses, status)) else {
            return none(Content::Unsupported);
        };
        if response.content.is_empty() {
            return none(Content::Empty);
        }
        if let Some(content) = response.content.get(JSON) {
            let named = reference(content).map_or(Content::Unsupported, Content::Json);
            return Response { content: named, example: content.example.clone() };
        }
        match response.content.get(TEXT) {
            Some(MediaType { schema: Some(schema), example, .. }) => {
                let place = [place, &["responses"]].concat();
                Response { content: Content::Text(Box::new(self.schema(&place, schema))), example: example.clone() }
            }
            _ => none(Content::Unsupported),
        }
    }

    fn error_format(&self, responses: &Responses) -> ErrorFormat {
        let rejection = self.described(responses, &StatusCode::Range(4));
        let schema = rejection.and_then(|response| reference(response.content.get(JSON)?));
        if schema.as_deref() == Some(OAUTH_ERROR) { ErrorFormat::OAuth } else { ErrorFormat::Envelope }
    }

    /// The response with this status, wherever it is defined.
    fn described(&self, responses: &Responses, status: &StatusCode) -> Option<openapiv3::Response> {
        match responses.responses.get(status)? {
            ReferenceOr::Item(response) => Some(response.clone()),
            ReferenceOr::Reference { reference } => {
                let response = self.document.json.pointer(reference.strip_prefix('#')?)?;
                openapiv3::Response::deserialize(response).ok()
            }
        }
    }
}

/// The name of the schema that a media type refers to.
fn reference(content: &MediaType) -> Option<String> {
    let mut errors = Vec::new();
    let schema = Reader { errors: &mut errors }.read(&[], content.schema.as_ref()?);
    schema.reference().map(ToOwned::to_owned)
}
