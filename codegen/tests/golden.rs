//! The code generated from a small document, so that an upgrade of progenitor shows as a diff.
//!
//! `GENAUTH_UPDATE_GOLDEN=1 cargo test -p genauth-codegen --test golden` rewrites the files.

use std::path::Path;
use std::{env, fs};

use genauth_codegen::{Options, generate};

#[test]
fn generated_code_matches_golden_files() {
    let documents = [
        ("authentication/tea.yaml", include_str!("fixtures/tea.yaml")),
        ("authentication/edge_cases.yaml", include_str!("fixtures/edge_cases.yaml")),
    ];
    let documents = documents.map(|(file, content)| (file.to_owned(), content.to_owned()));
    let sources = generate(documents.into(), Options::default());
    let sources = sources.unwrap_or_else(|diagnostics| panic!("{diagnostics:#?}"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    for (name, content) in sources.iter().filter(|(name, _)| name.ends_with(".rs") || *name == "openapi.json") {
        let path = folder.join(name);
        if env::var_os("GENAUTH_UPDATE_GOLDEN").is_some() {
            fs::write(&path, content).unwrap();
        }
        let golden = fs::read_to_string(&path).unwrap_or_default();
        if golden != *content {
            let line = golden.lines().zip(content.lines()).take_while(|(old, new)| old == new).count();
            let [old, new] = [&golden, content].map(|text| text.lines().nth(line).unwrap_or("the end"));
            panic!("{name} differs from its golden file at line {}:\n- {old}\n+ {new}", line + 1);
        }
    }
}
