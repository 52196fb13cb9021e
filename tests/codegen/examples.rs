//! The examples of the OpenAPI document conform to its schemas.

use jsonschema::Draft;
use serde_json::{Value, json};

fn check(document: &Value, place: &str, media: &Value) {
    let schema = json!({ "allOf": [media["schema"]], "components": document["components"] });
    let validator = jsonschema::options().with_draft(Draft::Draft4).build(&schema).unwrap();
    let errors: Vec<_> =
        validator.iter_errors(&media["example"]).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{place}: {errors:#?}");
}

#[test]
fn every_example_conforms_to_its_schema() {
    let document: Value = serde_json::from_str(genauth::OPENAPI).unwrap();
    let mut checked = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let place = format!("{method} {path}");
            let responses = operation["responses"].as_object().unwrap().values();
            for holder in responses.chain(operation.get("requestBody")) {
                let holder = holder["$ref"].as_str().map_or(holder, |place| document.pointer(&place[1..]).unwrap());
                for media in holder["content"].as_object().into_iter().flat_map(|content| content.values()) {
                    check(&document, &place, media);
                    checked += 1;
                }
            }
        }
    }
    assert!(checked >= 123, "only {checked} examples");
}
