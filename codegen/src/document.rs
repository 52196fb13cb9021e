//! The bundled document: its operations and its schemas.

use serde_json::Value;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];
pub const SCHEMAS: &str = "#/components/schemas/";
const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
const TEXT: &str = "text/plain";

/// An operation with the path and the method that it answers.
pub struct Operation<'a> {
    pub path: &'a str,
    pub method: &'a str,
    pub spec: &'a Value,
}

impl<'a> Operation<'a> {
    /// Its operationId; the lint sees to it that there is one.
    pub fn id(&self) -> &'a str {
        self.spec["operationId"].as_str().unwrap_or_default()
    }

    /// The place of `key` inside it.
    pub fn place<'b>(&'b self, key: &'b str) -> Vec<&'b str> {
        let place = vec!["paths", self.path, self.method];
        place.into_iter().chain((!key.is_empty()).then_some(key)).collect()
    }

    pub fn parameters(&self) -> impl Iterator<Item = &'a Value> {
        self.spec["parameters"].as_array().into_iter().flatten()
    }

    /// The media type of its body, JSON or a form: schema and example.
    pub fn request(&self) -> &'a Value {
        let content = &self.spec["requestBody"]["content"];
        content.get(JSON).unwrap_or(&content[FORM])
    }

    /// The media type of its answer, JSON or text: schema and example.
    pub fn answer(&self) -> &'a Value {
        let content = &self.success()["content"];
        content.get(JSON).unwrap_or(&content[TEXT])
    }

    /// Whether its answer is text, and not JSON.
    pub fn answers_text(&self) -> bool {
        self.success()["content"].get(TEXT).is_some()
    }

    /// Whether its answer is described, and has no body.
    pub fn answers_nothing(&self) -> bool {
        self.success().is_object() && self.success().get("content").is_none()
    }

    /// Whether it is an address for a browser to open, which the crate builds and does not call.
    pub fn is_address(&self) -> bool {
        self.spec["x-genauth-url-only"] == true
    }

    /// Whether it is a line over which events come, which the crate opens and listens on.
    pub fn is_socket(&self) -> bool {
        self.spec.get("x-genauth-websocket").is_some()
    }

    fn success(&self) -> &'a Value {
        let responses = &self.spec["responses"];
        responses.get("200").unwrap_or(&responses["2XX"])
    }
}

/// Every operation, in the order of paths.
pub fn operations(document: &Value) -> impl Iterator<Item = Operation<'_>> {
    document["paths"].as_object().into_iter().flatten().flat_map(|(path, item)| {
        METHODS.into_iter().filter_map(move |method| Some(Operation { path, method, spec: item.get(method)? }))
    })
}

/// Every named schema.
pub fn schemas(document: &Value) -> impl Iterator<Item = (&String, &Value)> {
    document["components"]["schemas"].as_object().into_iter().flatten()
}

/// The named schema that `schema` refers to, directly or by an `allOf` of one.
pub fn reference(schema: &Value) -> Option<&str> {
    let only = schema["allOf"].as_array().filter(|parts| parts.len() == 1).map(|parts| &parts[0]);
    schema["$ref"].as_str().or_else(|| only?["$ref"].as_str())?.strip_prefix(SCHEMAS)
}
