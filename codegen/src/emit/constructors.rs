//! Constructors and setters for what requests are made of.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::fields::{self, Field};
use crate::diagnostic::Diagnostic;
use crate::spec::{Spec, idents};
use crate::types::Types;

/// `new` with the required fields, and a setter for each optional one, for every struct in requests.
pub fn generate(spec: &Spec, types: &Types) -> Result<TokenStream, Diagnostic> {
    let mut code = TokenStream::new();
    let names = spec.request_schemas();
    let structs = spec.own_schemas().filter(|(name, named)| {
        names.contains(name.as_str()) && named.schema.object().is_some_and(|object| !object.properties.is_empty())
    });
    for (name, _) in structs {
        code.extend(constructor(&idents::type_ident(name), &fields::of_schema(spec, types, name)?));
    }
    for operation in spec.operations.iter().filter(|operation| !operation.parameters.is_empty()) {
        let name = idents::type_ident(&operation.parameters_name());
        code.extend(constructor(&name, &fields::of_parameters(spec, types, operation)?));
    }
    Ok(code)
}

fn constructor(name: &Ident, fields: &[Field]) -> TokenStream {
    let (required, optional): (Vec<&Field>, Vec<&Field>) = fields.iter().partition(|field| field.required);
    let arguments = required.iter().map(|field| field.argument());
    let values = required.iter().map(|field| {
        let (ident, value) = (&field.ident, field.value());
        if *ident == value.to_string() { quote!(#ident,) } else { quote!(#ident: #value,) }
    });
    let unset = optional.iter().map(|field| &field.ident);
    let setters = optional.iter().map(|field| {
        let (ident, description) = (&field.ident, field.description);
        let (setter, argument, value) = (&field.argument_ident, field.argument(), field.value());
        let clear = field.null_setter().map(|(name, doc)| {
            quote! {
                #[doc = #doc]
                #[must_use]
                pub fn #name(mut self) -> Self {
                    self.#ident = Some(None);
                    self
                }
            }
        });
        quote! {
            #[doc = #description]
            #[must_use]
            pub fn #setter(mut self, #argument) -> Self {
                self.#ident = #value;
                self
            }
            #clear
        }
    });
    let lint = (required.len() > 7).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    quote! {
        impl #name {
            /// Sets the required properties, and leaves the others unset.
            #lint
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values)* #(#unset: ::std::default::Default::default()),* }
            }
            #(#setters)*
        }
    }
}
