//! The method by which the crate itself calls what has a role.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// It does what the public one does.
pub fn role_method(
    role: Option<&str>,
    public: &Ident,
    arguments: &[(&Ident, TokenStream)],
    output: &TokenStream,
) -> TokenStream {
    let Some(role) = role else { return TokenStream::new() };
    let name = format_ident!("role_{role}");
    let idents = arguments.iter().map(|(ident, _)| ident);
    let declarations = arguments.iter().map(|(ident, ty)| quote!(#ident: #ty));
    quote! {
        #[cfg(feature = "oidc")]
        pub(crate) fn #name(&self, #(#declarations),*) -> #output {
            self.#public(#(#idents),*)
        }
    }
}
