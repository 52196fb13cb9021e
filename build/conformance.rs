//! What the crate's tests go through: every operation as a call with its example request, and every type.

use std::fmt::Write;

use super::{Bundle, document, example, names, types};

/// Two macro calls, for the tests to define.
pub fn generate(bundle: &Bundle) -> String {
    let mut code = String::from("operations! {\n");
    for operation in document::operations(&bundle.document) {
        let (id, call) = (names::value_name(operation.id()), example::whole_call(bundle, &operation));
        let _ = writeln!(code, "    {id}: |client: &genauth::AuthenticationClient| client.{call};");
    }
    code += "}\n\nschemas! {\n";
    for (name, schema) in document::schemas(&bundle.document) {
        if schema.get("enum").is_none() && types::enveloped(schema).is_none() && name != "Envelope" {
            let _ = writeln!(code, "    {name}: {};", names::type_name(name));
        }
    }
    code + "}\n"
}
