//! What the crate's tests go through: every call and address with its
//! example request, and every type.

use std::fmt::Write;

use super::document::Operation;
use super::{Bundle, document, example, names, types};

/// Macro calls, for the tests to define.
pub fn generate(bundle: &Bundle) -> String {
    let mut code = String::new();
    let groups: [(&str, fn(&Operation) -> bool); 2] =
        [("operations", |operation| operation.is_call()), ("addresses", |operation| operation.is_address())];
    for (group, is_in) in groups {
        let _ = writeln!(code, "{group}! {{");
        for operation in document::operations(&bundle.document).filter(is_in) {
            let (id, call) = (names::value_name(operation.id()), example::whole_call(bundle, &operation));
            let _ = writeln!(code, "    {id}: |client: &genauth::AuthenticationClient| client.{call};");
        }
        code += "}\n";
    }
    code += "schemas! {\n";
    for (name, schema) in document::schemas(&bundle.document) {
        if schema.get("enum").is_none() && types::enveloped(schema).is_none() && name != "Envelope" {
            let _ = writeln!(code, "    {name}: {};", names::type_name(name));
        }
    }
    code + "}\n"
}
