//! Rules for a document beyond valid OpenAPI, so that the generated code is complete and documented, and nothing in the
//! document is ignored.

mod cycles;
mod examples;
mod extensions;
mod keys;
mod names;
mod operation;
mod pagination;
mod schema;

use serde_json::Value;

use super::Spec;
use super::keys::Part;
use crate::diagnostic::Diagnostic;

const SEE_README: &str = "see openapi/README.md";

/// Every mistake in the document.
pub fn lint(spec: &Spec) -> Vec<Diagnostic> {
    let mut lint = Lint { spec, diagnostics: Vec::new() };
    lint.version();
    lint.keys(Part::Document, &mut Vec::new(), &spec.document.json);
    // Every other rule resolves references, which does not end in a cycle.
    if lint.no_cycles() {
        for operation in &spec.operations {
            lint.operation(operation);
        }
        for (name, named) in &spec.schemas {
            lint.named_schema(name, &named.schema);
            lint.used_in_requests(name, named);
        }
        for name in spec.request_schemas() {
            lint.request_schema(name);
        }
        lint.unique_names();
        lint.internal_uses();
    }
    lint.diagnostics
}

struct Lint<'a> {
    spec: &'a Spec,
    diagnostics: Vec<Diagnostic>,
}

impl Lint<'_> {
    fn report(&mut self, place: &[&str], message: impl std::fmt::Display, help: &str) {
        self.diagnostics.push(self.spec.diagnostic(place, message, help));
    }

    fn require(&mut self, place: &[&str], text: &str, what: &str, help: &str) {
        if text.trim().is_empty() {
            self.report(place, format!("no {what}"), help);
        }
    }

    fn version(&mut self) {
        let version = self.spec.document.json.get("openapi").and_then(Value::as_str).unwrap_or_default();
        if !version.starts_with("3.0.") {
            self.report(&["openapi"], "not OpenAPI 3.0", "write `openapi: 3.0.3`");
        }
    }
}
