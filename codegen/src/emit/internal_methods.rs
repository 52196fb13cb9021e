//! Methods by which the library itself calls an operation, without naming it.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::spec::api::Api;
use crate::spec::extensions::InternalUse;

/// A method named after its use, which does what the public one does.
pub fn generate(
    api: Api,
    internal_use: Option<InternalUse>,
    public: &Ident,
    arguments: &[(&Ident, TokenStream)],
    output: &TokenStream,
) -> TokenStream {
    let Some(internal_use) = internal_use else { return TokenStream::new() };
    let name = format_ident!("internal_{}", internal_use.name());
    let feature = api.internal_feature();
    let idents = arguments.iter().map(|(ident, _)| ident);
    let declarations = arguments.iter().map(|(ident, ty)| quote!(#ident: #ty));
    quote! {
        #[cfg(feature = #feature)]
        pub(crate) fn #name(&self, #(#declarations),*) -> #output {
            self.#public(#(#idents),*)
        }
    }
}
