//! The document of the management API, of which the library has nothing yet.

use std::path::Path;

use genauth_codegen::{Api, lint, read};

/// A post has a code of its own, and comes without the envelope, so it can be taken for a rejection.
const UNDECIDED: [&str; 2] = ["/api/v3/get-post > ", "/api/v3/get-user-post > "];

#[test]
fn management_document_has_no_mistakes_but_the_undecided() {
    let openapi = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi");
    let diagnostics = lint(read(&openapi, Api::Management).unwrap(), Api::Management).unwrap_err();
    let (undecided, mistakes): (Vec<_>, Vec<_>) = diagnostics
        .iter()
        .map(ToString::to_string)
        .partition(|diagnostic| UNDECIDED.iter().any(|path| diagnostic.contains(path)));
    assert!(mistakes.is_empty(), "{mistakes:#?}");
    assert_eq!(undecided.len(), UNDECIDED.len(), "{undecided:#?}");
}
