//! The description's own examples fit its schemas.

use jsonschema::Draft;
use serde_json::{Value, json};

fn check(document: &Value, place: &str, media: &Value) {
    let schema = json!({ "allOf": [media["schema"]], "components": document["components"] });
    let validator = jsonschema::options().with_draft(Draft::Draft4).build(&schema).unwrap();
    let misfits: Vec<_> =
        validator.iter_errors(&media["example"]).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(misfits.is_empty(), "{place}: {misfits:#?}");
}

#[test]
fn every_example_fits_its_schema() {
    let document: Value = serde_json::from_str(genauth::OPENAPI).unwrap();
    let mut checked = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let place = format!("{method} {path}");
            if operation.get("requestBody").is_some() {
                check(&document, &place, &operation["requestBody"]["content"]["application/json"]);
            }
            check(&document, &place, &operation["responses"]["200"]["content"]["application/json"]);
            checked += 1;
        }
    }
    assert!(checked >= 5, "only {checked} operations");
}
