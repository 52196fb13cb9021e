//! Views of the bundled document: its operations, its schemas, and the form that progenitor takes.

use openapiv3::OpenAPI;
use serde_json::{Map, Value, json};

use super::{Bundle, Problem, names};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];
const SCHEMAS: &str = "#/components/schemas/";

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

    /// The JSON media type of its body: schema and example.
    pub fn request(&self) -> &'a Value {
        &self.spec["requestBody"]["content"]["application/json"]
    }

    /// The JSON media type of its answer: schema and example.
    pub fn answer(&self) -> &'a Value {
        let responses = &self.spec["responses"];
        let success = responses.get("200").unwrap_or(&responses["2XX"]);
        &success["content"]["application/json"]
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

/// The parts that an enveloped answer has beside the envelope; nothing for other schemas.
pub fn enveloped(schema: &Value) -> Option<&[Value]> {
    let (first, rest) = schema["allOf"].as_array()?.split_first()?;
    (reference(first) == Some("Envelope")).then_some(rest)
}

/// The schema that an operation's parameters make up together: all but its body.
pub fn parameters_schema(operation: &Operation) -> Option<(String, Value)> {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for parameter in operation.parameters() {
        let name = parameter["name"].as_str()?;
        let mut property = parameter["schema"].clone();
        if property.get("$ref").is_some() {
            property = json!({ "allOf": [property] });
        }
        property["description"] = parameter["description"].clone();
        properties.insert(name.into(), property);
        if parameter["required"] == true {
            required.push(name);
        }
    }
    let name = format!("{}Parameters", names::type_name(operation.id()));
    let description = format!("The parameters of `{}`", operation.id());
    (!properties.is_empty()).then(|| {
        let schema = json!({
            "type": "object", "description": description, "required": required, "properties": properties,
        });
        (name, schema)
    })
}

/// The document as progenitor is to see it: answers come back as bytes, to be read in one place of
/// the crate; each operation's parameters are a schema; what only concerns us is left out.
pub fn for_progenitor(bundle: &Bundle) -> Result<OpenAPI, Vec<Problem>> {
    let mut document = bundle.document.clone();
    let bytes = json!({ "default": {
        "description": "", "content": { "application/octet-stream": {} }
    }});
    for operation in operations(&bundle.document) {
        document["paths"][operation.path][operation.method]["responses"] = bytes.clone();
        if let Some((name, schema)) = parameters_schema(&operation) {
            document["components"]["schemas"][name] = schema;
        }
    }
    if let Some(schemas) = document["components"]["schemas"].as_object_mut() {
        schemas.retain(|name, schema| name != "Envelope" && enveloped(schema).is_none());
    }
    strip(&mut document, false);
    describe_references(&mut document);
    serde_json::from_value(document).map_err(|error| {
        vec![bundle.problem(&[], format!("not OpenAPI 3.0: {error}"), "compare it with the OpenAPI specification")]
    })
}

/// Gives a property that only refers to a schema that schema's description.
fn describe_references(document: &mut Value) {
    let Some(schemas) = document["components"]["schemas"].as_object_mut() else { return };
    let descriptions: Map<_, _> = schemas.iter().map(|(name, s)| (name.clone(), s["description"].clone())).collect();
    let properties = schemas.values_mut().filter_map(|schema| schema.get_mut("properties")?.as_object_mut());
    for property in properties.flat_map(|properties| properties.values_mut()) {
        if let Some(name) = property["$ref"].as_str().and_then(|reference| reference.strip_prefix(SCHEMAS)) {
            *property = json!({ "description": descriptions.get(name), "allOf": [property] });
        }
    }
}

/// Removes examples and extensions, which would keep equal schemas from being recognized as equal.
fn strip(value: &mut Value, names: bool) {
    match value {
        Value::Object(members) => {
            if !names {
                members.retain(|key, _| key != "example" && !key.starts_with("x-"));
            }
            for (key, member) in members {
                strip(member, !names && matches!(key.as_str(), "properties" | "schemas"));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| strip(item, false)),
        _ => {}
    }
}
