//! What the library's tests cover: every call and URL with its example request, and every type.

use std::fmt::Write;

use super::examples;
use super::input::Input;
use crate::diagnostic::Diagnostic;
use crate::spec::operation::Kind;
use crate::spec::schema::Shape;
use crate::spec::{ENVELOPE, Spec, idents};
use crate::types::Types;

/// Macro calls, for the tests to define.
pub fn generate(spec: &Spec, types: &Types) -> Result<String, Diagnostic> {
    let mut code = String::new();
    let client = spec.api.client();
    for (group, kind) in [("operations", Kind::Call), ("url_operations", Kind::UrlOnly)] {
        let _ = writeln!(code, "{group}! {{");
        for operation in spec.operations.iter().filter(|operation| operation.kind == kind) {
            let input = Input::new(spec, types, operation)?;
            let (method, call) = (operation.method_ident(), examples::full_call(spec, operation, &input));
            let _ = writeln!(code, "    {method}: |client: &genauth::{client}| client.{call};");
        }
        code += "}\n";
    }
    code += "schemas! {\n";
    for (name, named) in spec.own_schemas() {
        let is_enum = matches!(named.schema.shape, Shape::Enum(_));
        if !is_enum && spec.envelope_parts(&named.schema).is_none() && name != ENVELOPE {
            let _ = writeln!(code, "    {name}: {};", idents::type_ident(name));
        }
    }
    Ok(code + "}\n")
}
