//! The generated sources.

mod constructors;
mod convenience_methods;
mod docs;
mod dynamic;
mod enums;
mod error_codes;
mod examples;
mod fields;
mod input;
mod internal_methods;
mod methods;
mod operations;
mod operations_table;
mod pagination;
mod response_types;
mod setters;
mod test_cases;
mod websocket;

use heck::ToTitleCase;
use proc_macro2::TokenStream;
use quote::quote;

use crate::diagnostic::Result;
use crate::spec::api::Api;
use crate::spec::schema::Shape;
use crate::spec::{Spec, Tag, idents};
use crate::types::Types;
use input::Input;

/// A generated file: its name, and its content.
pub type Source = (&'static str, String);

/// Every generated file.
pub fn generate(spec: &Spec, types: &Types) -> Result<Vec<Source>> {
    let canaries = spec.with_canaries()?;
    let mut sources = vec![
        ("openapi.json", format!("{:#}", spec.exported())),
        ("client.rs", prettyplease::unparse(&types.file)),
        ("types.rs", pretty(beside_types(spec, types)?)),
        ("operations.rs", pretty(operations(spec, types)?)),
        ("dynamic.rs", pretty(dynamic::generate(spec, types)?)),
        ("spec.rs", operations_table::generate(spec)),
        ("test_cases.rs", test_cases::generate(spec, types)?),
        ("canary.rs", test_cases::generate(&canaries, types)?),
        ("canary.json", canaries.document.json.to_string()),
    ];
    if spec.api == Api::Authentication {
        sources.push(("error_codes.rs", pretty(error_codes::generate(spec)?)));
    }
    Ok(sources)
}

/// The types that progenitor does not generate, and constructors.
fn beside_types(spec: &Spec, types: &Types) -> Result<TokenStream> {
    let shared = spec.shared_types();
    let mut code = match shared.is_empty() {
        true => TokenStream::new(),
        false => {
            let names = shared.iter().map(|name| idents::type_ident(name));
            quote!(#[doc(no_inline)] pub use crate::types::{#(#names),*};)
        }
    };
    for (name, named) in spec.own_schemas() {
        match &named.schema.shape {
            Shape::Enum(values) => code.extend(enums::generate(spec, name, &named.schema, values)?),
            _ => code.extend(response_types::alias(spec, name, &named.schema)),
        }
    }
    code.extend(constructors::generate(spec, types)?);
    Ok(code)
}

/// The operations as types, and their methods.
fn operations(spec: &Spec, types: &Types) -> Result<TokenStream> {
    let mut code = TokenStream::new();
    let client = spec.api.client_ident();
    for Tag { name, description } in &spec.tags {
        let mut methods = TokenStream::new();
        for operation in spec.operations.iter().filter(|operation| operation.tag == *name) {
            let input = Input::new(spec, types, operation)?;
            if let Some(websocket) = websocket::generate(spec, operation, &input) {
                methods.extend(websocket);
                continue;
            }
            code.extend(operations::generate(spec, types, operation, &input));
            code.extend(setters::generate(operation, &input));
            code.extend(pagination::generate(spec, types, operation)?);
            methods.extend(methods::generate(spec, operation, &input));
            methods.extend(convenience_methods::generate(spec, types, operation, &input)?);
        }
        let heading = format!("# {}\n\n{description}.", name.to_title_case());
        code.extend(quote! {
            #[doc = #heading]
            impl crate::#client { #methods }
        });
    }
    Ok(code)
}

fn pretty(code: TokenStream) -> String {
    prettyplease::unparse(&syn::parse2(code).expect("generated code parses"))
}
