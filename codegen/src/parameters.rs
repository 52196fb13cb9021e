//! An operation's parameters, as a schema.

use serde_json::{Map, Value, json};

use crate::document::Operation;
use crate::{given, names};

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
        if let Some(value) = parameter.get(given::EXTENSION) {
            property[given::EXTENSION] = value.clone();
        }
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
