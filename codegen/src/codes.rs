//! `x-genauth-error-codes`: the documented values of a property of the envelope, as named constants.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde::Deserialize;

use crate::{Bundle, Problem, identifiers, names};

const EXTENSION: &str = "x-genauth-error-codes";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Code {
    code: i64,
    name: String,
    description: String,
}

/// Constants of the types that stand for the envelope's properties with documented codes.
pub fn generate(bundle: &Bundle) -> Result<TokenStream, Problem> {
    let properties = &bundle.document["components"]["schemas"]["Envelope"]["properties"];
    let mut code = TokenStream::new();
    for (property, schema) in properties.as_object().into_iter().flatten() {
        let Some(extension) = schema.get(EXTENSION) else { continue };
        let codes = Vec::<Code>::deserialize(extension).map_err(|error| {
            let place = ["components", "schemas", "Envelope", "properties", property, EXTENSION];
            bundle.problem(&place, error, "see openapi/README.md")
        })?;
        if let Some(code) = codes.iter().find(|code| !identifiers::is_identifier(&code.name)) {
            let place = ["components", "schemas", "Envelope", "properties", property, EXTENSION];
            return Err(bundle.problem(&place, format!("`{}` is no name in Rust", code.name), "use capitals and `_`"));
        }
        let constants = codes.iter().map(|Code { code, name, description }| {
            let (name, doc) = (format_ident!("{name}"), format!("{code}: {description}."));
            quote! {
                #[doc = #doc]
                pub const #name: Self = Self(#code);
            }
        });
        let ty = if property == "statusCode" { format_ident!("ApiStatus") } else { names::type_name(property) };
        code.extend(quote! { impl #ty { #(#constants)* } });
    }
    Ok(code)
}
