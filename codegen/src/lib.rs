//! From the files under `openapi/` to Rust: bundle, lint, then types, client and operations.

mod annotate;
mod bundle;
mod client;
mod codes;
mod conformance;
mod document;
mod dynamic;
mod example;
mod fields;
mod given;
mod identifiers;
mod lint;
mod marked;
mod names;
mod objects;
mod operations;
mod operations_table;
mod paged;
mod parameters;
mod problem;
mod progenitor_view;
mod requests;
mod role_method;
mod roles;
mod shortcuts;
mod socket;
mod types;

use std::fs;
use std::path::Path;

pub use bundle::{Bundle, bundle, read};
pub use lint::lint;
pub use problem::Problem;

/// The generated sources, one file each.
pub struct Code {
    pub client: String,
    pub types: String,
    pub codes: String,
    pub operations: String,
    pub dynamic: String,
    pub spec: String,
    pub conformance: String,
    /// The same calls with marks, and the marked document.
    pub marked: (String, String),
}

/// Generates the client, what its types have beside them, and the methods that users call.
pub fn generate(bundle: &Bundle) -> Result<Code, Vec<Problem>> {
    let client = client::generate(bundle)?;
    let pretty = |code| syn::parse2(code).map(|file| prettyplease::unparse(&file)).expect("generated code parses");
    let marked = marked::mark(bundle);
    Ok(Code {
        types: pretty(types::generate(bundle, &client)?),
        codes: pretty(codes::generate(bundle)?),
        operations: pretty(operations::generate(bundle, &client)?),
        dynamic: pretty(dynamic::generate(bundle)),
        spec: pretty(operations_table::generate(bundle)?),
        conformance: conformance::generate(bundle),
        marked: (conformance::generate(&marked), marked.document.to_string()),
        client: prettyplease::unparse(&client),
    })
}

/// The document with a canary value in every secret of its examples, in JSON.
pub fn canary_document(sources: Vec<bundle::Source>) -> Result<String, Vec<Problem>> {
    Ok(marked::mark(&bundle(sources)?).document.to_string())
}

/// Reads the documents under `openapi`, and writes the generated sources into `out`.
pub fn generate_into(openapi: &Path, out: &Path) -> Result<(), Vec<Problem>> {
    let bundle = bundle(read(openapi)?)?;
    lint(&bundle)?;
    let code = generate(&bundle)?;
    for (name, content) in [
        ("openapi.json", format!("{:#}", bundle.document)),
        ("client.rs", code.client),
        ("types.rs", code.types),
        ("codes.rs", code.codes),
        ("operations.rs", code.operations),
        ("dynamic.rs", code.dynamic),
        ("spec.rs", code.spec),
        ("conformance.rs", code.conformance),
        ("marked.rs", code.marked.0),
        ("marked.json", code.marked.1),
    ] {
        fs::write(out.join(name), content)
            .map_err(|error| vec![Problem::new(name, "OUT_DIR", error, "make it writable")])?;
    }
    Ok(())
}
