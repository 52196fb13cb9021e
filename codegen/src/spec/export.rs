//! The document that the crate exports, for standard tools: the merged one, with what is the same for every operation,
//! so that nobody writes it into each. It describes rejections, pages, and the other ways to send a client's credentials.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::extensions::UpstreamResponse;
use super::operation::{Content, ErrorFormat, JSON, Operation};
use super::{ENVELOPE, Spec};

/// The name of the response of a rejection, and of its schema.
pub const REJECTION: &str = "Rejection";

impl Spec {
    /// The document for standard tools.
    pub fn exported(&self) -> Value {
        let mut document = self.document.json.clone();
        document["components"]["schemas"].as_object_mut().into_iter().flatten().for_each(|(_, it)| remove_default(it));
        if self.schemas.contains_key(ENVELOPE) {
            document["components"]["schemas"][REJECTION] = self.rejection_schema();
            document["components"]["responses"][REJECTION] = rejection_response();
        }
        for operation in &self.operations {
            let exported = &mut document["paths"][&operation.path][operation.method.key()];
            self.describe_rejections(operation, &mut exported["responses"]);
            if let Some(security) = alternatives(operation) {
                exported["security"] = security;
            }
        }
        self.remove_unused(&mut document);
        document
    }

    /// Removes the schemas of all APIs that this one does not use.
    fn remove_unused(&self, document: &mut Value) {
        let mut used = BTreeSet::new();
        collect_references(document, &document["paths"], &mut used);
        if let Some(schemas) = document["components"]["schemas"].as_object_mut() {
            let is_shared = |name: &String| self.schemas.get(name).is_some_and(|named| named.is_shared);
            schemas.retain(|name, _| used.contains(name) || !is_shared(name));
        }
    }

    /// What a rejection in the envelope looks like. Codes that come with data name its schema.
    fn rejection_schema(&self) -> Value {
        let codes = self.schema(ENVELOPE).and_then(|schema| schema.object()).into_iter();
        let codes = codes.flat_map(|object| &object.properties).flat_map(|property| &property.schema.error_codes);
        let mut data: Vec<&str> = codes.filter_map(|code| code.data.as_deref()).collect();
        data.sort_unstable();
        data.dedup();
        let mut schemas: Vec<_> = data.into_iter().map(reference).collect();
        schemas.push(json!({ "description": "What else the server tells about the rejection" }));
        json!({
            "description": "A rejection, under any HTTP status: `statusCode` is not 200",
            "allOf": [
                reference(ENVELOPE),
                {
                    "type": "object",
                    "properties": {
                        "statusCode": { "type": "integer", "format": "int64", "minimum": 400 },
                        "data": { "anyOf": schemas },
                    },
                },
            ],
        })
    }

    fn describe_rejections(&self, operation: &Operation, responses: &mut Value) {
        let Some(responses) = responses.as_object_mut() else { return };
        match operation.error_format {
            ErrorFormat::Envelope if self.schemas.contains_key(ENVELOPE) => {
                if matches!(operation.response.content, Content::Json(_)) {
                    let success = if responses.contains_key("200") { "200" } else { "2XX" };
                    let schema = &mut responses[success]["content"][JSON]["schema"];
                    let mut alternatives = vec![schema.take(), reference(REJECTION)];
                    alternatives.extend(operation.extensions.upstream_response.as_ref().map(upstream_rejection));
                    *schema = json!({ "anyOf": alternatives });
                }
                let rejection = json!({ "$ref": format!("#/components/responses/{REJECTION}") });
                describe(responses, "4XX", rejection.clone());
                describe(responses, "5XX", rejection);
            }
            ErrorFormat::Page => {
                describe(responses, "200", page("A page of the service", "<!doctype html><title>Log in</title>"));
                describe(responses, "4XX", page("A page with the reason", "<!doctype html><title>Error</title>"));
            }
            ErrorFormat::Envelope | ErrorFormat::OAuth => {}
        }
    }
}

/// Removes the default of the envelope's data, an object, which generators of other languages do not understand. The `allOf`
/// of one reference, which only the default needed, becomes that reference.
fn remove_default(schema: &mut Value) {
    let parts = schema.get_mut("allOf").and_then(Value::as_array_mut).into_iter().flatten();
    for data in parts.filter_map(|part| part.pointer_mut("/properties/data")) {
        if data.as_object_mut().and_then(|data| data.remove("default")).is_some() {
            let is_reference = data.as_object().is_some_and(|data| data.len() == 1)
                && data["allOf"].as_array().is_some_and(|parts| parts.len() == 1);
            if is_reference {
                *data = data["allOf"][0].take();
            }
        }
    }
}

/// Collects the names of the schemas that a part of the document refers to, directly or not.
fn collect_references(document: &Value, part: &Value, used: &mut BTreeSet<String>) {
    match part {
        Value::Object(members) => {
            for (key, value) in members {
                let target = value.as_str().filter(|_| key == "$ref").and_then(|reference| reference.strip_prefix('#'));
                let mut is_new = |pointer: &str| match pointer.strip_prefix("/components/schemas/") {
                    Some(name) => used.insert(name.to_owned()),
                    None => true,
                };
                match target {
                    Some(pointer) => {
                        if is_new(pointer)
                            && let Some(part) = document.pointer(pointer)
                        {
                            collect_references(document, part, used);
                        }
                    }
                    None => collect_references(document, value, used),
                }
            }
        }
        Value::Array(parts) => parts.iter().for_each(|part| collect_references(document, part, used)),
        _ => {}
    }
}

fn describe(responses: &mut Map<String, Value>, status: &str, response: Value) {
    responses.entry(status).or_insert(response);
}

fn reference(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

/// A rejection by the service whose response is passed through, where the envelope reports success.
fn upstream_rejection(upstream: &UpstreamResponse) -> Value {
    let data = json!({
        "type": "object",
        "required": [upstream.code],
        "properties": { &upstream.code: { "type": "integer" }, &upstream.message: { "type": "string" } },
    });
    let rejection = json!({ "type": "object", "required": ["data"], "properties": { "data": data } });
    json!({ "allOf": [reference(ENVELOPE), rejection] })
}

fn rejection_response() -> Value {
    let example = json!({
        "statusCode": 404,
        "message": "The user does not exist",
        "apiCode": 2004,
        "requestId": "934108e5-9fbf-4d24-8da1-c330328abd6c",
    });
    json!({
        "description": "A rejection",
        "content": { JSON: { "schema": reference(REJECTION), "example": example } },
    })
}

fn page(description: &str, example: &str) -> Value {
    let media = json!({ "schema": { "type": "string" }, "example": example });
    json!({ "description": description, "content": { "text/html": media } })
}

/// The security of an operation whose client may send its credentials in the body, where OpenAPI has no scheme for them.
fn alternatives(operation: &Operation) -> Option<Value> {
    operation.client_credentials()?;
    let requirement = |in_header: bool| -> Value {
        let schemes = operation.security.iter().filter(|scheme| in_header || scheme.client_credentials.is_none());
        schemes.map(|scheme| (scheme.name.clone(), json!([]))).collect::<Map<_, _>>().into()
    };
    Some(json!([requirement(true), requirement(false)]))
}
