//! The schemas of request bodies, parsed only when an error needs them.

use std::borrow::Cow;

use serde_json::Value;

use super::api::Api;
use super::spec::Operation;

/// The names beside the last segment of `path`: for `payload.cod`, the properties of `payload`.
pub fn sibling_names(operation: &Operation, path: &str) -> Vec<String> {
    let Some((parent, _)) = path.rsplit_once('.') else {
        return operation.fields().iter().map(|field| field.name.to_owned()).collect();
    };
    let body = operation.spec.body.map_or(Value::Null, |body| named(operation.api, body.schema));
    // A number is an index into a list, whose items `property` looks into anyway.
    let mut names = parent.split('.').filter(|name| name.parse::<usize>().is_err());
    let parent = names.try_fold(body, |schema, name| property(operation.api, &schema, name));
    parent.map_or_else(Vec::new, |schema| property_names(operation.api, &schema))
}

fn property(api: Api, schema: &Value, name: &str) -> Option<Value> {
    let schema = resolve(api, schema);
    let own = schema["properties"].get(name).cloned();
    own.or_else(|| parts(&schema).find_map(|part| property(api, part, name)))
}

fn property_names(api: Api, schema: &Value) -> Vec<String> {
    let schema = resolve(api, schema);
    let own = schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone());
    own.chain(parts(&schema).flat_map(|part| property_names(api, part))).collect()
}

/// The schemas whose properties a schema has too: those of its `allOf`, and of its items.
fn parts(schema: &Value) -> impl Iterator<Item = &Value> {
    schema["allOf"].as_array().into_iter().flatten().chain(schema.get("items"))
}

fn resolve(api: Api, schema: &Value) -> Cow<'_, Value> {
    match schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next()) {
        Some(name) => Cow::Owned(named(api, name)),
        None => Cow::Borrowed(schema),
    }
}

fn named(api: Api, name: &str) -> Value {
    let found = api.schemas().binary_search_by_key(&name, |(name, _)| name).ok();
    found.map_or(Value::Null, |index| {
        serde_json::from_str(api.schemas()[index].1).expect("the table's schemas are JSON")
    })
}
