//! What progenitor does not support is reported at its operation.

use genauth_codegen::{Options, generate};

const TEA: &str = include_str!("fixtures/tea.yaml");

/// The diagnostics of the document with one operation more, at `path`, with the parameter `id`.
fn diagnostics(path: &str, location: &str) -> String {
    let added = format!(
        "paths:
  {path}:
    get:
      operationId: added
      tags: [tea]
      summary: Be added
      description: For this test
      parameters:
        - {{name: id, in: {location}, required: true, description: Which, example: a, schema: {{type: string}}}}
      responses:
        '200': {{description: Nothing}}
"
    );
    let sources = [("authentication/tea.yaml", TEA), ("authentication/added.yaml", &added)];
    match generate(sources.map(|(name, content)| (name.to_owned(), content.to_owned())).into(), Options::default()) {
        Ok(_) => String::new(),
        Err(diagnostics) => diagnostics.iter().map(|diagnostic| format!("{diagnostic}\n")).collect(),
    }
}

#[test]
fn parameter_in_part_of_a_segment_generates() {
    for path in ["/files/{id}.json", "/files/{id}:copy", "/files/v{id}-a"] {
        assert_eq!(diagnostics(path, "path"), "", "{path}");
    }
}

#[test]
fn rejection_names_the_operation() {
    let said = diagnostics("/files/{id}/a}", "path");
    let place = "openapi/authentication/added.yaml: paths > /files/{id}/a} > get: progenitor does not support it";
    assert!(said.starts_with(place), "{said}");
}

#[test]
fn cookie_parameter_rejected_at_its_operation() {
    let said = diagnostics("/files", "cookie");
    assert!(said.starts_with("openapi/authentication/added.yaml: paths > /files > get: progenitor"), "{said}");
}
