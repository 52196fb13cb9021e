//! The OpenAPI document as typed values. Nothing else interprets it, except for progenitor.

pub mod api;
mod canary;
mod export;
pub mod extensions;
pub mod formats;
pub mod idents;
mod keys;
mod lint;
pub mod load;
pub mod operation;
mod parse;
pub mod sandbox;
pub mod schema;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use quote::quote;
use serde::Deserialize;
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Result};
use api::Api;
use load::Document;
use operation::{Content, Enveloped, Operation, Parameter};
use schema::{Object, Property, Schema, Shape};

/// The named schema that wraps responses.
pub const ENVELOPE: &str = "Envelope";
/// The named schema of OAuth 2.0's errors.
const OAUTH_ERROR: &str = "OauthErrorDto";

/// An OpenAPI document.
#[derive(Debug)]
pub struct Spec {
    pub api: Api,
    pub document: Document,
    /// Every operation, in the order of paths.
    pub operations: Vec<Operation>,
    /// The position of each operation, by its id.
    positions: BTreeMap<String, usize>,
    /// Every named schema, and the same in JSON.
    pub schemas: IndexMap<String, NamedSchema>,
    pub tags: Vec<Tag>,
    request_schemas: OnceCell<BTreeSet<String>>,
}

/// A named schema.
#[derive(Debug)]
pub struct NamedSchema {
    /// Whether both APIs have it.
    pub is_shared: bool,
    pub schema: Schema,
    pub json: Value,
}

/// A tag.
#[derive(Debug)]
pub struct Tag {
    pub name: String,
    pub description: String,
}

impl Spec {
    /// Reads a merged document, and reports every mistake in it.
    pub fn new(api: Api, document: Document) -> Result<Self> {
        let (spec, mut diagnostics) = parse::parse(api, document);
        diagnostics.extend(lint::lint(&spec));
        if diagnostics.is_empty() { Ok(spec) } else { Err(diagnostics) }
    }

    /// The mistake `message` at `place`.
    pub fn diagnostic(&self, place: &[&str], message: impl std::fmt::Display, help: impl Into<String>) -> Diagnostic {
        self.document.diagnostic(place, message, help)
    }

    /// The whole document, for progenitor.
    pub fn openapi(&self) -> Result<OpenAPI> {
        OpenAPI::deserialize(&self.document.json).map_err(|error| {
            let help = "compare it with the OpenAPI specification";
            self.diagnostic(&[], format!("not OpenAPI 3.0: {error}"), help).into()
        })
    }

    /// The operation with this id.
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.positions.get(id).map(|position| &self.operations[*position])
    }

    pub fn schema(&self, name: &str) -> Option<&Schema> {
        self.schemas.get(name).map(|named| &named.schema)
    }

    /// The Rust type of a named schema.
    pub fn rust_type(&self, name: &str) -> TokenStream {
        let (module, name) = (self.api.module(), idents::type_ident(name));
        quote!(#module::types::#name)
    }

    /// Whether data without the envelope has a `code` of its own, which is no status.
    pub fn data_has_code(&self, operation: &Operation) -> bool {
        let is_bare = self.enveloped(operation).is_none();
        let properties = self.data(operation).map(|data| self.properties(data)).unwrap_or_default();
        is_bare && properties.iter().any(|(property, _)| property.name == "code")
    }

    /// The schemas that the library has no types for without this API.
    pub fn own_schemas(&self) -> impl Iterator<Item = (&String, &NamedSchema)> {
        self.schemas.iter().filter(|(_, named)| self.api == Api::Authentication || !named.is_shared)
    }

    /// The names of the schemas that the library has types for without this API, and that its operations use.
    pub fn shared_types(&self) -> BTreeSet<String> {
        if self.api == Api::Authentication {
            return BTreeSet::new();
        }
        let mut used = self.request_schemas().clone();
        for operation in &self.operations {
            if let Content::Json(name) = &operation.response.content {
                self.collect_name(name, &mut used);
            }
        }
        used.retain(|name| name != ENVELOPE && self.schemas[name].is_shared);
        used
    }

    /// The schema itself, or the named one that it refers to.
    pub fn resolve<'a>(&'a self, schema: &'a Schema) -> &'a Schema {
        match schema.reference().and_then(|name| self.schema(name)) {
            Some(target) => self.resolve(target),
            None => schema,
        }
    }

    /// The description of a schema, or of the one that it refers to.
    pub fn description<'a>(&'a self, schema: &'a Schema) -> &'a str {
        let own = schema.description.as_deref();
        own.or_else(|| self.resolve(schema).description.as_deref()).unwrap_or_default()
    }

    /// The parts that an enveloped response has beside the envelope; none for other schemas.
    pub fn envelope_parts<'a>(&self, schema: &'a Schema) -> Option<&'a [Schema]> {
        match &schema.shape {
            Shape::Ref(name) => (name == ENVELOPE).then_some(&[]),
            Shape::AllOf(parts) => {
                let (first, rest) = parts.split_first()?;
                (first.reference() == Some(ENVELOPE)).then_some(rest)
            }
            _ => None,
        }
    }

    /// What an operation's response holds, if it comes in the envelope.
    pub fn enveloped<'a>(&'a self, operation: &'a Operation) -> Option<Enveloped<'a>> {
        let Content::Json(name) = &operation.response.content else { return None };
        self.enveloped_schema(self.schema(name)?)
    }

    /// What a response of this schema holds, if it comes in the envelope.
    pub fn enveloped_schema<'a>(&'a self, schema: &'a Schema) -> Option<Enveloped<'a>> {
        let mut properties = self.envelope_parts(schema)?.iter().flat_map(|part| self.properties(part));
        let data = properties.find(|(property, _)| property.name == "data");
        Some(match data {
            Some((property, required)) => Enveloped { data: Some(&property.schema), required },
            None => Enveloped { data: None, required: false },
        })
    }

    /// The schema of the data that an operation returns.
    pub fn data<'a>(&'a self, operation: &'a Operation) -> Option<&'a Schema> {
        match (self.enveloped(operation), &operation.response.content) {
            (Some(enveloped), _) => enveloped.data,
            (None, Content::Json(name)) => self.schema(name),
            (None, Content::Text(schema)) => Some(schema),
            (None, Content::Empty | Content::Unsupported) => None,
        }
    }

    /// The properties of an object, those of its `allOf` parts included, or of an array's items; each with whether it
    /// is required.
    pub fn properties<'a>(&'a self, schema: &'a Schema) -> Vec<(&'a Property, bool)> {
        let objects = self.objects(schema);
        let mut properties: Vec<(&Property, bool)> = Vec::new();
        for property in objects.iter().flat_map(|object| &object.properties) {
            if properties.iter().all(|(other, _)| other.name != property.name) {
                properties.push((property, objects.iter().any(|object| object.is_required(&property.name))));
            }
        }
        properties
    }

    fn objects<'a>(&'a self, schema: &'a Schema) -> Vec<&'a Object> {
        match &self.resolve(schema).shape {
            Shape::Object(object) => vec![object],
            Shape::AllOf(parts) => parts.iter().flat_map(|part| self.objects(part)).collect(),
            Shape::Array(items) => self.objects(items),
            _ => Vec::new(),
        }
    }

    /// The names of the schemas that requests consist of, at any depth.
    pub fn request_schemas(&self) -> &BTreeSet<String> {
        self.request_schemas.get_or_init(|| {
            let mut found = BTreeSet::new();
            for operation in &self.operations {
                if let Some(body) = &operation.body {
                    self.collect_name(&body.schema, &mut found);
                }
                for Parameter { schema, .. } in &operation.parameters {
                    self.collect(schema, &mut found);
                }
            }
            for (name, _) in self.schemas.iter().filter(|(_, named)| named.schema.used_in_requests) {
                self.collect_name(name, &mut found);
            }
            found
        })
    }

    /// Whether a request may set this property of a named schema to `null`, or leave it out.
    pub fn is_nullable_in_requests(&self, name: &str, property: &Property) -> bool {
        let is_optional = |object: &Object| !object.is_required(&property.name);
        property.schema.nullable
            && self.request_schemas().contains(name)
            && self.schema(name).and_then(Schema::object).is_some_and(is_optional)
    }

    fn collect(&self, schema: &Schema, found: &mut BTreeSet<String>) {
        if let Some(name) = schema.reference() {
            self.collect_name(name, found);
        }
        schema.parts().for_each(|part| self.collect(part, found));
    }

    fn collect_name(&self, name: &str, found: &mut BTreeSet<String>) {
        if let Some(schema) = self.schema(name).filter(|_| found.insert(name.to_owned())) {
            self.collect(schema, found);
        }
    }
}
