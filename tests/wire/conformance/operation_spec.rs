//! An operation of an OpenAPI document, and what its requests and responses have to be.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use url::Url;
use url::form_urlencoded::parse;

use crate::raw_server::Request;

const NEW_VALUE: &str = "UNKNOWN_VALUE";

/// An operation of the OpenAPI document.
pub struct OperationSpec {
    document: &'static Value,
    path: String,
    method: String,
}

impl OperationSpec {
    pub fn new(document: &'static Value, id: &str) -> Self {
        let (path, method) = document["paths"]
            .as_object()
            .unwrap()
            .iter()
            .flat_map(|(path, methods)| methods.as_object().unwrap().iter().map(move |operation| (path, operation)))
            .find(|(_, (_, operation))| operation["operationId"] == id)
            .map(|(path, (method, _))| (path.clone(), method.clone()))
            .unwrap();
        Self { document, path, method }
    }

    fn operation(&self) -> &Value {
        &self.document["paths"][&self.path][&self.method]
    }

    pub fn response(&self) -> &Value {
        let content = &self.operation()["responses"]["200"]["content"];
        content.get("application/json").unwrap_or(&content["text/plain"])
    }

    /// The schema of a response that is no rejection.
    pub fn success_schema(&self) -> &Value {
        let schema = &self.response()["schema"];
        schema.get("anyOf").map_or(schema, |alternatives| &alternatives[0])
    }

    /// The schema of the data in a response of this schema, and the data.
    pub fn data<'a>(&self, schema: &Value, response: &'a Value) -> (Value, &'a Value) {
        match response.get("statusCode") {
            Some(_) => (self.properties(schema).0.get("data").cloned().unwrap_or_default(), &response["data"]),
            None => (schema.clone(), response),
        }
    }

    /// Whether the method takes the access token as an argument.
    pub fn has_token_argument(&self) -> bool {
        self.operation()["x-genauth-access-token-argument"] == true
    }

    pub fn uses(&self, scheme: &str) -> bool {
        self.operation().get("security").unwrap_or(&self.document["security"])[0].get(scheme).is_some()
    }

    fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match schema["$ref"].as_str() {
            Some(reference) => self.resolve(self.document.pointer(&reference[1..]).unwrap()),
            None => schema,
        }
    }

    /// The properties of an object schema, and the names of the required ones, those of its parts included.
    fn properties<'a>(&'a self, schema: &'a Value) -> (Map<String, Value>, Vec<&'a str>) {
        let schema = self.resolve(schema);
        let mut properties = schema["properties"].as_object().cloned().unwrap_or_default();
        let mut required: Vec<&str> = strings(&schema["required"]).collect();
        for part in schema["allOf"].as_array().into_iter().flatten() {
            let (more, more_required) = self.properties(part);
            properties.extend(more);
            required.extend(more_required);
        }
        (properties, required)
    }

    pub fn check_request(&self, request: &Request) {
        let (method, rest) = request.line.split_once(' ').unwrap();
        assert_eq!(method, self.method.to_uppercase());
        self.check_url(&Url::parse(&format!("http://host{}", rest.split_once(' ').unwrap().0)).unwrap());

        let content = &self.operation()["requestBody"]["content"];
        let form = content.get("application/x-www-form-urlencoded");
        let mut body = form.unwrap_or(&content["application/json"])["example"].clone();
        if self.uses("appSecret") || self.uses("oauthClient") {
            body["client_id"] = body.get("client_id").cloned().unwrap_or(json!("an-app"));
            body["client_secret"] = body.get("client_secret").cloned().unwrap_or(json!("the-secret"));
        }
        let sent = match (form, &*request.body) {
            (_, "") => Value::Null,
            (Some(_), form) => json!(parse(form.as_bytes()).collect::<BTreeMap<_, _>>()),
            (None, json) => serde_json::from_str(json).unwrap(),
        };
        assert_eq!(sent, body);

        assert_eq!(request.header("api-version"), None);
        let is_text = self.operation()["responses"]["200"]["content"].get("text/plain").is_some();
        assert_eq!(request.header("accept"), Some(if is_text { "text/plain" } else { "application/json" }));
    }

    pub fn check_url(&self, url: &Url) {
        let (mut path, mut query) = (self.path.clone(), Vec::new());
        for parameter in self.operation()["parameters"].as_array().into_iter().flatten() {
            let is_app_id = parameter["x-genauth-client-supplied"]["from"] == "appId";
            let example = if is_app_id { &json!("an-app") } else { &parameter["example"] };
            let name = parameter["name"].as_str().unwrap();
            match (parameter["in"].as_str().unwrap(), example.as_array()) {
                ("path", _) => path = path.replace(&format!("{{{name}}}"), &text(example)),
                (_, Some(values)) => query.extend(values.iter().map(|value| (name.to_owned(), text(value)))),
                _ => query.push((name.to_owned(), text(example))),
            }
        }
        assert_eq!(url.path(), path);
        let mut sent: Vec<_> = url.query_pairs().into_owned().collect();
        sent.sort();
        query.sort();
        assert_eq!(sent, query);
    }

    /// Checks that the data is that of the response, but for empty members.
    pub fn check_data(&self, data: &Value, response: &Value, what: &str) {
        let expected = match response.get("statusCode") {
            Some(_) => &response["data"],
            None => response,
        };
        assert_eq!(&without_empty(data), &without_empty(expected), "{what}");
    }

    /// `value` without what its schema does not require.
    pub fn minimal(&self, schema: &Value, value: &Value) -> Value {
        match value {
            Value::Object(members) => {
                let (properties, required) = self.properties(schema);
                let kept =
                    members.iter().filter(|(name, _)| properties.is_empty() || required.contains(&name.as_str()));
                kept.map(|(name, value)| {
                    (name.clone(), self.minimal(&properties.get(name).cloned().unwrap_or_default(), value))
                })
                .collect()
            }
            Value::Array(items) => {
                items.iter().map(|item| self.minimal(&self.resolve(schema)["items"], item)).collect()
            }
            value => value.clone(),
        }
    }

    /// `value` with an unknown member in every object, and an unknown value of every enum.
    pub fn extended(&self, schema: &Value, value: &Value) -> Value {
        let schema = self.resolve(schema);
        match value {
            Value::Object(members) => {
                let (properties, _) = self.properties(schema);
                let known = members.iter().map(|(name, value)| {
                    let schema = properties.get(name).cloned().unwrap_or_default();
                    (name.clone(), self.extended(&schema, value))
                });
                let kept = schema.get("additionalProperties").is_some();
                let name = if kept { "kept" } else { "unknownMember" };
                let unknown = (!properties.is_empty()).then(|| (name.to_owned(), json!([{ "x": [1] }])));
                known.chain(unknown).collect()
            }
            Value::Array(items) => items.iter().map(|item| self.extended(&schema["items"], item)).collect(),
            Value::String(_) if self.is_enum(schema) => json!(NEW_VALUE),
            value => value.clone(),
        }
    }

    /// `value` with something of another JSON type in place of everything that its schema does not require.
    pub fn odd(&self, schema: &Value, value: &Value) -> Value {
        match value {
            Value::Object(members) => {
                let (properties, required) = self.properties(schema);
                let members = members.iter().map(|(name, value)| {
                    let schema = properties.get(name).cloned().unwrap_or_default();
                    let is_decoration =
                        properties.contains_key(name) && !required.contains(&name.as_str()) && name != "data";
                    let odd = match value {
                        _ if !is_decoration => self.odd(&schema, value),
                        Value::Object(_) | Value::Array(_) => json!(0.5),
                        _ => json!([{ "x": [1] }]),
                    };
                    (name.clone(), odd)
                });
                members.collect()
            }
            Value::Array(items) => items.iter().map(|item| self.odd(&self.resolve(schema)["items"], item)).collect(),
            value => value.clone(),
        }
    }

    /// Bodies of rejections, under HTTP 200.
    pub fn rejections(&self, example: &Value) -> Vec<String> {
        let data = match example.get("statusCode") {
            Some(_) => &example["data"],
            None => example,
        };
        let mut rejections = vec![
            json!({ "statusCode": 400, "message": "no", "data": data }).to_string(),
            json!({ "statusCode": "403", "message": ["no"], "error": "Forbidden" }).to_string(),
            json!({ "statusCode": {}, "message": "no", "data": data }).to_string(),
            json!({ "code": 1641, "message": "no", "data": data }).to_string(),
            json!({ "code": "401", "message": "no" }).to_string(),
            json!({ "error": "invalid_request" }).to_string(),
            json!({ "error": { "message": "no" } }).to_string(),
            "<html><body>Sign in to the network</body></html>".to_owned(),
        ];
        if !example.is_null() {
            rejections.extend(["{}", ""].map(ToOwned::to_owned));
        }
        rejections
    }

    fn is_enum(&self, schema: &Value) -> bool {
        let schema = self.resolve(schema);
        let only = schema["allOf"].as_array().filter(|parts| parts.len() == 1);
        schema.get("enum").is_some() || only.is_some_and(|parts| self.is_enum(&parts[0]))
    }

    pub fn without_unknown(&self, value: &Value) -> Value {
        match value {
            Value::Object(members) => {
                let known = members.iter().filter(|(name, _)| *name != "unknownMember");
                known.map(|(name, value)| (name.clone(), self.without_unknown(value))).collect()
            }
            Value::Array(items) => items.iter().map(|item| self.without_unknown(item)).collect(),
            value => value.clone(),
        }
    }
}

fn strings(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}

/// Removes empty lists and maps: the types do not distinguish them from absent ones.
fn without_empty(value: &Value) -> Value {
    let is_present = |value: &Value| {
        !(value.is_null()
            || value.as_array().is_some_and(Vec::is_empty)
            || value.as_object().is_some_and(Map::is_empty))
    };
    match value {
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| (name.clone(), without_empty(value)));
            members.filter(|(_, value)| is_present(value)).collect()
        }
        Value::Array(items) => items.iter().map(without_empty).collect(),
        value => value.clone(),
    }
}
