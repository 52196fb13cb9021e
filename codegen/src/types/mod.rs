//! Types and requests: what progenitor generates, cut and patched to what the library needs.

mod catch_panic;
mod formats;
mod patch_types;
mod plain_schema;
mod progenitor;
mod progenitor_input;
mod requests;
mod serde_tables;

use std::collections::BTreeMap;

use proc_macro2::Ident;
use syn::{File, Item};

use crate::diagnostic::Result;
use crate::spec::operation::Operation;
use crate::spec::{Spec, idents};
pub use formats::rust_type;
use progenitor_input::PARAMETER_SUFFIX;
use requests::Arguments;

pub use progenitor::Field;

/// The client, with the types of requests and responses.
pub struct Types {
    pub file: File,
    /// The fields of each struct, by the struct's name.
    pub structs: BTreeMap<String, Vec<Field>>,
    arguments: Arguments,
}

/// An argument of a method that makes a request.
pub enum Argument {
    Body,
    /// The parameter of the operation with this field.
    Parameter(Ident),
}

impl Types {
    /// The arguments of the method that makes an operation's requests, after the URL.
    pub fn arguments(&self, operation: &Operation) -> impl Iterator<Item = Argument> {
        let names = self.arguments.get(&operation.id).into_iter().flatten();
        names.map(|name| match name.strip_suffix(PARAMETER_SUFFIX) {
            Some(parameter) => Argument::Parameter(idents::value_ident(parameter)),
            None => Argument::Body,
        })
    }
}

/// Generates the types, with `JsonSchema` for each if `json_schema`.
pub fn generate(spec: &Spec, json_schema: bool) -> Result<Types> {
    let progenitor::Output { mut file, structs } = progenitor::run(spec, json_schema)?;
    let arguments = requests::cut(&mut file).map_err(|what| {
        let help = "adapt codegen/src/types/requests.rs to this version of progenitor; see CONTRIBUTING.md";
        spec.diagnostic(&[], format!("progenitor's method {what}"), help)
    })?;
    for item in &mut file.items {
        if let Item::Mod(module) = item
            && module.ident == "types"
            && let Some((_, items)) = &mut module.content
        {
            patch_types::patch(spec, items);
            serde_tables::replace_serde_derives(items, json_schema);
        }
    }
    Ok(Types { file, structs, arguments })
}
