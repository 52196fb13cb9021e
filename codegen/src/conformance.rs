//! What the crate's tests go through: every call and address with its
//! example request, and every type.

use std::fmt::Write;

use crate::{Bundle, document, example, names, types};

/// Macro calls, for the tests to define.
pub fn generate(bundle: &Bundle) -> String {
    let mut code = String::new();
    for (group, is_address) in [("operations", false), ("addresses", true)] {
        let _ = writeln!(code, "{group}! {{");
        let operations = document::operations(&bundle.document).filter(|o| !o.is_socket());
        for operation in operations.filter(|operation| operation.is_address() == is_address) {
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
