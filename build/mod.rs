//! From the files under `openapi/` to Rust: bundle, lint, then types, client and operations.

mod annotate;
mod bundle;
mod by_name;
mod client;
mod codes;
mod conformance;
mod document;
mod example;
mod fields;
mod given;
mod identifiers;
mod lint;
mod marked;
mod names;
mod objects;
mod operations;
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

pub use bundle::{Bundle, bundle, read};
pub use lint::lint;
pub use problem::Problem;

/// The generated sources, one file each.
pub struct Code {
    pub client: String,
    pub types: String,
    pub codes: String,
    pub operations: String,
    pub by_name: String,
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
        by_name: pretty(by_name::generate(bundle)),
        conformance: conformance::generate(bundle),
        marked: (conformance::generate(&marked), marked.document.to_string()),
        client: prettyplease::unparse(&client),
    })
}
