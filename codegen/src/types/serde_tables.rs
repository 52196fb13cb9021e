//! serde for plain structs, as tables of their fields: rustc takes several times as long for what serde derives.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::punctuated::Punctuated;
use syn::{Attribute, Field, Item, ItemStruct, LitStr, Path, Token, parse_quote};

/// Replaces serde's derives with `serde_table!` in the structs whose fields are required, optional or lists, and no more.
/// serde's attributes stay where `JsonSchema` is derived from them.
pub fn replace_serde_derives(items: &mut Vec<Item>, json_schema: bool) {
    let tables: Vec<Item> = items.iter_mut().filter_map(|item| table(item, json_schema)).collect();
    items.extend(tables);
}

fn table(item: &mut Item, json_schema: bool) -> Option<Item> {
    let Item::Struct(item) = item else { return None };
    let rows = item.fields.iter().map(row).collect::<Option<Vec<_>>>()?;
    remove_serde(item, json_schema);
    let name = &item.ident;
    Some(parse_quote!(crate::types::serde_table::object! { #name { #(#rows,)* } }))
}

/// The row of a field, if its attributes say nothing that only serde can do.
fn row(field: &Field) -> Option<TokenStream> {
    let ident = field.ident.as_ref()?;
    let (mut name, mut kind, mut has_default) = (ident.to_string(), "required", false);
    for attribute in field.attrs.iter().filter(|attribute| is_serde(attribute)) {
        attribute
            .parse_nested_meta(|meta| {
                let value = meta.value().and_then(|value| value.parse::<LitStr>()).map(|value| value.value());
                match (meta.path.require_ident()?.to_string().as_str(), value.unwrap_or_default().as_str()) {
                    ("rename", value) => name = value.to_owned(),
                    ("skip_serializing_if", "::std::option::Option::is_none") => kind = "optional",
                    ("skip_serializing_if", "::std::vec::Vec::is_empty") => kind = "list",
                    ("default", "") | ("deserialize_with", "crate::types::lenient::null_as_default") => {
                        has_default = true;
                    }
                    _ => return Err(meta.error("only serde can do that")),
                }
                Ok(())
            })
            .ok()?;
    }
    let kind = (has_default == (kind == "list")).then(|| format_ident!("{kind}"))?;
    Some(quote!(#ident: #kind #name))
}

fn remove_serde(item: &mut ItemStruct, json_schema: bool) {
    for attribute in item.attrs.iter_mut().filter(|attribute| attribute.path().is_ident("derive")) {
        let derives = attribute.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated).unwrap_or_default();
        let kept = derives.iter().filter(|path| path.segments.iter().all(|segment| segment.ident != "serde"));
        *attribute = parse_quote!(#[derive(#(#kept),*)]);
    }
    if !json_schema {
        item.fields.iter_mut().for_each(|field| field.attrs.retain(|attribute| !is_serde(attribute)));
    }
}

fn is_serde(attribute: &Attribute) -> bool {
    attribute.path().is_ident("serde")
}
