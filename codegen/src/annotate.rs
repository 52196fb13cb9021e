//! Attributes that progenitor has no setting for, put on the types that it generated.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use syn::{File, Ident, Item, ItemStruct, Type, parse_quote};

use crate::{document, names};

/// Makes every struct `#[non_exhaustive]`, documents the fields whose description was lost in a merge, lets a `null`
/// stand for an absent list or map, and lets a number stand for a string where the description says
/// `x-genauth-accept-number: true`.
pub fn annotate(mut file: File, document: &Value) -> File {
    let (numeric, merged) = (also_numeric(document), merged(document));
    let modules = file.items.iter_mut().filter_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => module.content.as_mut(),
        _ => None,
    });
    for item in modules.flat_map(|(_, items)| items) {
        if let Item::Struct(item) = item {
            annotate_struct(item, &numeric);
            document_merged_fields(item, &merged);
        }
    }
    file
}

fn annotate_struct(item: &mut ItemStruct, numeric: &BTreeSet<(String, String)>) {
    item.attrs.push(parse_quote!(#[non_exhaustive]));
    let name = item.ident.to_string();
    for field in &mut item.fields {
        let Some(ident) = &field.ident else { continue };
        if field.attrs.iter().any(|attribute| says(attribute, "flatten")) {
            field.attrs.push(parse_quote!(#[doc = "What else there is, by its name"]));
            continue;
        }
        let optional = is_option(&field.ty);
        if numeric.contains(&(name.clone(), ident.to_string())) {
            if optional {
                field.attrs.push(parse_quote!(#[serde(default)]));
            }
            field.attrs.push(parse_quote!(#[serde(deserialize_with = "crate::types::lenient::string_or_number")]));
        } else if !optional && field.attrs.iter().any(|attribute| says(attribute, "default")) {
            field.attrs.push(parse_quote!(#[serde(deserialize_with = "crate::types::lenient::null_as_default")]));
        }
    }
}

/// Where two parts of an `allOf` have the same property, the field comes without their description.
fn document_merged_fields(item: &mut ItemStruct, merged: &Merged) {
    let Some(properties) = merged.get(&item.ident) else { return };
    for field in &mut item.fields {
        let property = properties.iter().find(|(name, _)| field.ident == Some(names::value_name(name)));
        if let (false, Some((_, property))) = (field.attrs.iter().any(|a| a.path().is_ident("doc")), property) {
            let description = property["description"].as_str();
            field.attrs.push(parse_quote!(#[doc = #description]));
        }
    }
}

/// The properties of each struct that is merged of parts.
type Merged<'a> = BTreeMap<Ident, Vec<(&'a String, &'a Value)>>;

fn merged(document: &Value) -> Merged<'_> {
    let properties = |parts: &'_ Value| -> Vec<_> {
        let parts = parts.as_array().into_iter().flatten().filter_map(document::reference);
        let parts = parts.map(|name| &document["components"]["schemas"][name]["properties"]);
        parts.filter_map(Value::as_object).flatten().collect()
    };
    let schemas = document::schemas(document).filter_map(|(name, schema)| Some((name, schema.get("allOf")?)));
    schemas.map(|(name, parts)| (names::type_name(name), properties(parts))).collect()
}

/// The fields marked `x-genauth-accept-number: true`, as names of struct and field.
fn also_numeric(document: &Value) -> BTreeSet<(String, String)> {
    let mut fields = BTreeSet::new();
    for (name, schema) in document::schemas(document) {
        for (property, schema) in schema["properties"].as_object().into_iter().flatten() {
            if schema["x-genauth-accept-number"] == true {
                fields.insert((names::type_name(name).to_string(), names::value_name(property).to_string()));
            }
        }
    }
    fields
}

fn is_option(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|segment| segment.ident == "Option"))
}

fn says(attribute: &syn::Attribute, word: &str) -> bool {
    let mut found = false;
    if attribute.path().is_ident("serde") {
        // Other arguments of the attribute end the parse early, which is no concern here.
        let _ = attribute.parse_nested_meta(|meta| {
            found |= meta.path.is_ident(word);
            if meta.input.peek(syn::Token![=]) {
                meta.value()?.parse::<syn::Lit>()?;
            }
            Ok(())
        });
    }
    found
}
