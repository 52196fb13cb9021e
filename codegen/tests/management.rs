//! The document of the management API, which the library's own tests do not read without its feature.

use std::path::Path;

use genauth_codegen::{Api, lint, read};

#[test]
fn management_document_has_no_mistakes() {
    let openapi = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi");
    lint(read(&openapi, Api::Management).unwrap(), Api::Management).unwrap_or_else(|errors| panic!("{errors:#?}"));
}
