//! Types and requests: what progenitor generates, cut and patched to what the library needs.

mod catch_panic;
mod patch_types;
mod plain_schema;
mod progenitor;
mod progenitor_input;
mod requests;
mod serde_tables;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;
use syn::{File, Item, ItemStruct, ItemType, parse_quote};

use crate::diagnostic::{Diagnostic, Result};
use crate::spec::api::Api;
use crate::spec::operation::{Kind, Location, Operation};
use crate::spec::{Spec, idents};
use progenitor_input::PARAMETER_SUFFIX;

pub use progenitor::Field;

/// The client, with the types of requests and responses.
pub struct Types {
    pub file: File,
    /// The fields of each struct, by the struct's name.
    pub structs: BTreeMap<String, Vec<Field>>,
    /// The arguments of each call's method, by its operationId.
    arguments: BTreeMap<String, Vec<Argument>>,
}

/// An argument of a method that makes a request.
#[derive(PartialEq)]
pub enum Argument {
    Body,
    /// The parameter of the operation with this field.
    Parameter(Ident),
}

impl Types {
    /// The arguments of the method that makes a call's requests, after the URL.
    pub fn arguments(&self, operation: &Operation) -> &[Argument] {
        &self.arguments[&operation.id]
    }
}

/// Generates the types, with `JsonSchema` for each if `json_schema`.
pub fn generate(spec: &Spec, json_schema: bool) -> Result<Types> {
    let progenitor::Output { mut file, structs } = progenitor::run(spec, json_schema)?;
    let methods = requests::cut(&mut file).map_err(|(name, difference)| unexpected(spec, &name, &difference))?;
    let calls = spec.operations.iter().filter(|operation| operation.kind == Kind::Call);
    let arguments = calls.map(|operation| {
        let arguments = arguments(operation, methods.get(&operation.id).map(Vec::as_slice));
        Ok((operation.id.clone(), arguments.map_err(|difference| unexpected(spec, &operation.id, &difference))?))
    });
    let arguments = arguments.collect::<Result<_>>()?;
    for item in &mut file.items {
        if let Item::Mod(module) = item
            && module.ident == "types"
            && let Some((_, items)) = &mut module.content
        {
            remove_shared(spec, items);
            patch_types::patch(spec, items);
            serde_tables::replace_serde_derives(items, json_schema);
        }
    }
    Ok(Types { file, structs, arguments })
}

/// Replaces the types that the library has without this API by those.
fn remove_shared(spec: &Spec, items: &mut Vec<Item>) {
    let shared: BTreeSet<Ident> = spec.shared_types().iter().map(|name| idents::type_ident(name)).collect();
    let all = spec.schemas.iter().filter(|(_, named)| spec.api != Api::Authentication && named.is_shared);
    let all: BTreeSet<Ident> = all.map(|(name, _)| idents::type_ident(name)).collect();
    let mut removed = BTreeSet::new();
    items.retain(|item| match item {
        Item::Struct(ItemStruct { ident, .. }) | Item::Type(ItemType { ident, .. }) if all.contains(ident) => {
            removed.insert(ident.clone());
            false
        }
        _ => true,
    });
    let used = removed.intersection(&shared);
    if !removed.is_empty() {
        items.push(parse_quote!(pub use crate::types::{#(#used),*};));
    }
}

fn unexpected(spec: &Spec, method: &str, difference: &str) -> Diagnostic {
    let place = spec.operation(method).map(|operation| operation.place("")).unwrap_or_default();
    let help = "simplify the operation, or adapt codegen/src/types/requests.rs; see CONTRIBUTING.md";
    spec.diagnostic(&place, format!("progenitor's method `{method}` {difference}"), help)
}

/// The arguments of an operation's method: everything that the document says it sends, except for the path.
fn arguments(operation: &Operation, names: Option<&[String]>) -> std::result::Result<Vec<Argument>, String> {
    let names = names.ok_or("is missing")?;
    let found = names.iter().map(|name| match name.strip_suffix(PARAMETER_SUFFIX) {
        Some(parameter) => Ok(Argument::Parameter(idents::value_ident(parameter))),
        None if name == "body" => Ok(Argument::Body),
        None => Err(format!("has the unknown argument `{name}`")),
    });
    let found = found.collect::<std::result::Result<Vec<_>, _>>()?;

    let sent = operation.parameters.iter().filter(|parameter| parameter.location != Location::Path);
    let sent =
        sent.map(|parameter| (parameter.name.as_str(), Argument::Parameter(idents::value_ident(&parameter.name))));
    let expected: Vec<_> = sent.chain(operation.body.iter().map(|_| ("body", Argument::Body))).collect();
    if let Some((name, _)) = expected.iter().find(|(_, argument)| !found.contains(argument)) {
        return Err(format!("has no argument for `{name}`"));
    }
    if found.len() != expected.len() {
        return Err(format!("has {} arguments instead of {}", found.len(), expected.len()));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::arguments;
    use crate::spec::api::Api;
    use crate::spec::{Spec, load};

    #[test]
    fn method_without_the_arguments_of_its_operation_is_rejected() {
        let document = include_str!("../../tests/fixtures/tea.yaml").to_owned();
        let spec = Spec::new(Api::default(), load::merge(vec![("tea.yaml".to_owned(), document)]).unwrap()).unwrap();
        let operation = spec.operation("brew_tea").unwrap();
        let difference = |names: Option<&[&str]>| {
            let names: Option<Vec<_>> = names.map(|names| names.iter().map(ToString::to_string).collect());
            arguments(operation, names.as_deref()).err()
        };
        assert_eq!(difference(Some(&["cups_parameter", "body"])), None);
        let differences = [
            (None, "is missing"),
            (Some(&["body"][..]), "has no argument for `cups`"),
            (Some(&["cups_parameter"]), "has no argument for `body`"),
            (Some(&["cups_parameter", "content"]), "has the unknown argument `content`"),
            (Some(&["cups_parameter", "cups_parameter", "body"]), "has 3 arguments instead of 2"),
        ];
        for (names, expected) in differences {
            assert_eq!(difference(names).as_deref(), Some(expected), "{names:?}");
        }
    }
}
