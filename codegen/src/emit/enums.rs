//! Open enums: string enums that accept unknown values.

use std::collections::BTreeSet;

use heck::ToUpperCamelCase;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::diagnostic::Diagnostic;
use crate::spec::schema::{EnumValue, Schema, Shape};
use crate::spec::{Spec, idents};

/// The enum of the named schema.
pub fn generate(spec: &Spec, name: &str, schema: &Schema, values: &[EnumValue]) -> Result<TokenStream, Diagnostic> {
    let diagnostic = |value: &EnumValue, message: &str| {
        let place = ["components", "schemas", name, "enum"];
        spec.diagnostic(&place, format!("`{}` {message}", value.value), "list the variants in x-enum-varnames")
    };
    let mut seen = BTreeSet::from(["Unknown".to_owned()]);
    let mut variants = TokenStream::new();
    for value in values {
        let ident = variant_ident(value).ok_or_else(|| diagnostic(value, "does not become a Rust identifier"))?;
        if !seen.insert(ident.to_string()) {
            return Err(diagnostic(value, "becomes the same variant as another value"));
        }
        let text = &value.value;
        let doc = match &value.description {
            Some(description) => format!("`{text}`: {description}"),
            None => format!("`{text}`"),
        };
        variants.extend(quote!(#[doc = #doc] #ident = #text,));
    }
    let (description, name) = (&schema.description, idents::type_ident(name));
    Ok(quote! {
        crate::types::open_enum::open_enum! {
            #[doc = #description]
            #name { #variants }
        }
    })
}

/// The variant of the enum `name` for a value, if the document lists it.
pub fn variant(spec: &Spec, name: &str, value: &str) -> Option<Ident> {
    let Shape::Enum(values) = &spec.schema(name)?.shape else { return None };
    variant_ident(values.iter().find(|known| known.value == value)?)
}

fn variant_ident(value: &EnumValue) -> Option<Ident> {
    let name = value.variant.clone().unwrap_or_else(|| value.value.to_upper_camel_case());
    syn::parse_str(&name).ok()
}
