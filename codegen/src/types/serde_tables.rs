//! serde for plain structs, as tables of their fields: rustc takes several times as long for what serde derives.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::punctuated::Punctuated;
use syn::{Attribute, Field, Item, ItemStruct, LitStr, Path, Token, parse_quote};

/// Replaces serde's derives with `object!` in the structs whose fields are required, optional or collections, and no
/// more; where a field takes all other members, only `Deserialize`. serde's attributes stay where another derive reads
/// them.
pub fn replace_serde_derives(items: &mut Vec<Item>, json_schema: bool) {
    let tables: Vec<Item> = items.iter_mut().filter_map(|item| table(item, json_schema)).collect();
    items.extend(tables);
}

fn table(item: &mut Item, json_schema: bool) -> Option<Item> {
    let Item::Struct(item) = item else { return None };
    let (rest, fields): (Vec<_>, Vec<_>) =
        item.fields.iter().map(row).collect::<Option<Vec<_>>>()?.into_iter().partition(|row| row.is_rest);
    let [rest, fields] = [rest, fields].map(|rows| rows.into_iter().map(|row| row.tokens).collect::<Vec<_>>());
    let replaced: &[_] = if rest.is_empty() { &["Serialize", "Deserialize"] } else { &["Deserialize"] };
    remove_derives(item, replaced);
    if rest.is_empty() && !json_schema {
        item.fields.iter_mut().for_each(|field| field.attrs.retain(|attribute| !is_serde(attribute)));
    }
    let name = &item.ident;
    Some(parse_quote!(crate::types::serde_table::object! { #name { #(#fields,)* #(#rest)* } }))
}

/// A row of a table.
struct Row {
    tokens: TokenStream,
    /// Whether the field takes all other members.
    is_rest: bool,
}

/// The row of a field, if its attributes say nothing that only serde can do.
fn row(field: &Field) -> Option<Row> {
    let ident = field.ident.as_ref()?;
    let (mut name, mut kind, mut has_default, mut is_rest, mut others) =
        (ident.to_string(), "required", false, false, Vec::new());
    for attribute in field.attrs.iter().filter(|attribute| is_serde(attribute)) {
        attribute
            .parse_nested_meta(|meta| {
                let value = meta.value().and_then(|value| value.parse::<LitStr>()).map(|value| value.value());
                match (meta.path.require_ident()?.to_string().as_str(), value.unwrap_or_default().as_str()) {
                    ("rename", value) => name = value.to_owned(),
                    ("alias", value) => others.push(value.to_owned()),
                    ("skip_serializing_if", "::std::option::Option::is_none") => kind = "optional",
                    ("skip_serializing_if", path) if path.ends_with("::is_empty") => kind = "collection",
                    ("default", "") => has_default = true,
                    ("flatten", "") => is_rest = true,
                    ("deserialize_with", "crate::types::serde_table::nullable") => kind = "nullable",
                    // Required and nullable: missing is not `null`.
                    ("deserialize_with", "::std::option::Option::deserialize") => {}
                    _ => return Err(meta.error("only serde can do that")),
                }
                Ok(())
            })
            .ok()?;
    }
    if is_rest {
        return Some(Row { tokens: quote!(..#ident), is_rest });
    }
    let kind = (has_default == (kind == "collection")).then(|| format_ident!("{kind}"))?;
    Some(Row { tokens: quote!(#ident: #kind #name #(| #others)*), is_rest })
}

fn remove_derives(item: &mut ItemStruct, removed: &[&str]) {
    for attribute in item.attrs.iter_mut().filter(|attribute| attribute.path().is_ident("derive")) {
        let derives = attribute.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated).unwrap_or_default();
        let is_removed =
            |path: &&Path| removed.iter().any(|name| path.segments.last().is_some_and(|last| last.ident == name));
        let kept = derives.iter().filter(|path| !is_removed(path));
        *attribute = parse_quote!(#[derive(#(#kept),*)]);
    }
}

fn is_serde(attribute: &Attribute) -> bool {
    attribute.path().is_ident("serde")
}
