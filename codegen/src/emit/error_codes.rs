//! Documented status and error codes, as constants.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::diagnostic::Diagnostic;
use crate::spec::schema::{Property, Schema};
use crate::spec::{ENVELOPE, Spec, idents};

/// Constants of the types of the envelope's codes.
pub fn generate(spec: &Spec) -> Result<TokenStream, Diagnostic> {
    let mut code = TokenStream::new();
    let object = spec.schema(ENVELOPE).and_then(Schema::object);
    for Property { name: property, schema } in object.into_iter().flat_map(|object| &object.properties) {
        if let Some(invalid) = schema.error_codes.iter().find(|it| !idents::is_valid_ident(&it.name)) {
            let place = ["components", "schemas", ENVELOPE, "properties", property, "x-genauth-error-codes"];
            let message = format!("`{}` is not a valid Rust identifier", invalid.name);
            return Err(spec.diagnostic(&place, message, "use capitals and `_`"));
        }
        let constants = schema.error_codes.iter().map(|error_code| {
            let (name, value) = (format_ident!("{}", error_code.name), error_code.code);
            let description = error_code.description.trim_end_matches('.');
            let doc = match error_code.data.as_deref().map(idents::type_ident) {
                None => format!("{value}: {description}."),
                Some(ty) => format!("{value}: {description}; the data is [`types::{ty}`](crate::types::{ty})."),
            };
            quote! {
                #[doc = #doc]
                pub const #name: Self = Self(#value);
            }
        });
        if !schema.error_codes.is_empty() {
            let ty = code_type(property);
            code.extend(quote! { impl #ty { #(#constants)* } });
        }
    }
    Ok(code)
}

/// The type of a code in the envelope: `StatusCode` is HTTP's everywhere else.
fn code_type(property: &str) -> proc_macro2::Ident {
    match property {
        "statusCode" => format_ident!("ApiStatus"),
        _ => idents::type_ident(property),
    }
}
