//! The methods that users call, one for each operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::input::Input;
use super::operations::wrapper;
use super::{docs, internal_methods};
use crate::spec::Spec;
use crate::spec::operation::Operation;

/// The method of an operation that is a call or a URL.
pub fn generate(spec: &Spec, operation: &Operation, input: &Input) -> TokenStream {
    let (name, method, wrapper) = (operation.type_ident(), operation.method_ident(), wrapper(operation));
    let doc = docs::operation(spec, operation, input);
    let arguments: Vec<_> = input.arguments().map(|field| (&field.argument_ident, field.argument_type())).collect();
    let declarations = input.arguments().map(|field| field.argument());
    let output = quote!(#wrapper<#name>);
    let internal =
        internal_methods::generate(spec.api, operation.extensions.internal_use, &method, &arguments, &output);
    let request = input.request(spec, operation);
    let (token, set_token) = match operation.extensions.access_token_argument {
        true => (quote!(access_token: impl ::std::convert::Into<crate::Secret>,), quote!(.access_token(access_token))),
        false => (TokenStream::new(), TokenStream::new()),
    };
    let aliases = &operation.extensions.aliases;
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let lint = (input.arguments().count() > 6).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    quote! {
        #[doc = #doc]
        #(#[doc(alias = #aliases)])*
        #deprecated
        #lint
        pub fn #method(&self, #token #(#declarations),*) -> #output {
            #wrapper::new(self.core(), #request) #set_token
        }
        #internal
    }
}
