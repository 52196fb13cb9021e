//! Attributes that progenitor has no setting for.

use std::collections::BTreeMap;

use proc_macro2::Ident;
use syn::{Item, ItemStruct, parse_quote};

use crate::spec::schema::Property;
use crate::spec::{Spec, idents};

/// Makes every struct `#[non_exhaustive]`, documents the fields whose description is lost in an `allOf`, and reads a field
/// under its other names, too, and without the items that cannot be read. What a request may set to `null` becomes an
/// `Option` of an `Option`.
pub fn patch(spec: &Spec, items: &mut [Item]) {
    let schemas: BTreeMap<_, _> =
        spec.schemas.iter().map(|(name, named)| (idents::type_ident(name), (name, &named.schema))).collect();
    for item in items {
        let Item::Struct(item) = item else { continue };
        item.attrs.push(parse_quote!(#[non_exhaustive]));
        let schema = schemas.get(&item.ident);
        let properties = schema.map(|(_, schema)| spec.properties(schema)).unwrap_or_default();
        let properties: Vec<_> = properties.into_iter().map(|(property, _)| property).collect();
        patch_fields(item, &properties);
        let nullable =
            |property: &&&Property| schema.is_some_and(|(name, _)| spec.is_nullable_in_requests(name, property));
        distinguish_null(item, properties.iter().filter(nullable).map(|property| property.ident()).collect());
        document_fields(item, &properties);
    }
}

fn patch_fields(item: &mut ItemStruct, properties: &[&Property]) {
    for field in &mut item.fields {
        if field.attrs.iter().any(|attribute| has_serde_argument(attribute, "flatten")) {
            field.attrs.push(parse_quote!(#[doc = "All other properties, by name"]));
        }
        let property = properties.iter().find(|property| Some(property.ident()) == field.ident);
        for name in property.iter().flat_map(|property| &property.schema.other_names) {
            field.attrs.push(parse_quote!(#[serde(alias = #name)]));
        }
        if property.is_some_and(|property| property.schema.skip_unreadable_items) {
            field.attrs.push(parse_quote!(#[serde(deserialize_with = "crate::types::lenient::readable_items")]));
        }
    }
}

fn distinguish_null(item: &mut ItemStruct, nullable: Vec<Ident>) {
    for field in item.fields.iter_mut().filter(|field| field.ident.as_ref().is_some_and(|it| nullable.contains(it))) {
        let ty = &field.ty;
        field.ty = parse_quote!(::std::option::Option<#ty>);
        field.attrs.push(parse_quote!(#[serde(deserialize_with = "crate::types::serde_table::nullable")]));
    }
}

fn document_fields(item: &mut ItemStruct, properties: &[&Property]) {
    for field in &mut item.fields {
        let property = properties.iter().find(|property| Some(property.ident()) == field.ident);
        let description = property.and_then(|property| property.schema.description.as_deref());
        let documented = field.attrs.iter().any(|attribute| attribute.path().is_ident("doc"));
        if let (false, Some(description)) = (documented, description) {
            field.attrs.push(parse_quote!(#[doc = #description]));
        }
    }
}

fn has_serde_argument(attribute: &syn::Attribute, word: &str) -> bool {
    let mut found = false;
    if attribute.path().is_ident("serde") {
        // An argument of another form ends the parse early; what was found before counts.
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
