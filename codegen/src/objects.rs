//! serde for the plain structs, as tables of their members: what serde derives takes rustc several times as long.

use std::env;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::punctuated::Punctuated;
use syn::{Attribute, Field, File, Item, ItemStruct, LitStr, Path, Token, parse_quote};

/// Replaces serde's derives with `object!` where a struct's members are required, optional or lists, and no more.
pub fn tabulate(mut file: File) -> File {
    let modules = file.items.iter_mut().filter_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => module.content.as_mut(),
        _ => None,
    });
    for (_, items) in modules {
        let tables: Vec<_> = items.iter_mut().filter_map(table).collect();
        items.extend(tables);
    }
    file
}

fn table(item: &mut Item) -> Option<Item> {
    let Item::Struct(item) = item else { return None };
    let members = item.fields.iter().map(member).collect::<Option<Vec<_>>>()?;
    withdraw_serde(item);
    let name = &item.ident;
    Some(parse_quote!(crate::types::serde_table::object! { #name { #(#members,)* } }))
}

/// The row of a field whose attributes say nothing out of the ordinary.
fn member(field: &Field) -> Option<TokenStream> {
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
                        has_default = true
                    }
                    _ => return Err(meta.error("only serde itself can do that")),
                }
                Ok(())
            })
            .ok()?;
    }
    let kind = (has_default == (kind == "list")).then(|| format_ident!("{kind}"))?;
    Some(quote!(#ident: #kind #name))
}

/// Leaves serde's attributes where `JsonSchema` is derived from them.
fn withdraw_serde(item: &mut ItemStruct) {
    for attribute in item.attrs.iter_mut().filter(|attribute| attribute.path().is_ident("derive")) {
        let derives = attribute.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated).unwrap_or_default();
        let kept = derives.iter().filter(|path| path.segments.iter().all(|segment| segment.ident != "serde"));
        *attribute = parse_quote!(#[derive(#(#kept),*)]);
    }
    if env::var_os("CARGO_FEATURE_SCHEMARS").is_none() {
        item.fields.iter_mut().for_each(|field| field.attrs.retain(|attribute| !is_serde(attribute)));
    }
}

fn is_serde(attribute: &Attribute) -> bool {
    attribute.path().is_ident("serde")
}
