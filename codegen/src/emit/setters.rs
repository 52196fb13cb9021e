//! Optional properties, as setters on the call.

use proc_macro2::TokenStream;
use quote::quote;

use super::input::Input;
use super::operations::wrapper;
use crate::spec::operation::Operation;

/// A setter for each optional property of an operation.
pub fn generate(operation: &Operation, input: &Input) -> TokenStream {
    let setters = input.parts().flat_map(|part| {
        part.fields.iter().filter(|field| !field.required).map(|field| {
            let (ident, holder, description) = (&field.ident, &part.holder, field.description);
            let (setter, argument, value) = (&field.argument_ident, field.argument(), field.value());
            let clear = field.null_setter().map(|(name, doc)| {
                quote! {
                    #[doc = #doc]
                    pub fn #name(mut self) -> Self {
                        self.operation.#holder.#ident = Some(None);
                        self
                    }
                }
            });
            quote! {
                #[doc = #description]
                pub fn #setter(mut self, #argument) -> Self {
                    self.operation.#holder.#ident = #value;
                    self
                }
                #clear
            }
        })
    });
    let setters: Vec<_> = setters.collect();
    if setters.is_empty() {
        return TokenStream::new();
    }
    let (name, wrapper) = (operation.type_ident(), wrapper(operation));
    quote! {
        impl #wrapper<#name> { #(#setters)* }
    }
}
