//! `x-genauth-pagination`: responses in pages, read as one stream.

use proc_macro2::TokenStream;
use quote::quote;

use super::fields::{self, generic};
use crate::diagnostic::Diagnostic;
use crate::spec::operation::Operation;
use crate::spec::schema::Schema;
use crate::spec::{Spec, idents};
use crate::types::Types;

/// The implementation of `Paginated`; empty for an operation without pages.
pub fn generate(spec: &Spec, types: &Types, operation: &Operation) -> Result<TokenStream, Diagnostic> {
    let Some(pagination) = &operation.extensions.pagination else { return Ok(TokenStream::new()) };
    let place = operation.place("x-genauth-pagination");
    let diagnostic = |message: String| spec.diagnostic(&place, message, "see openapi/README.md");

    let data = spec.data(operation).and_then(Schema::reference);
    let data = data.ok_or_else(|| diagnostic("the response has no data with a named schema".to_owned()))?;
    let fields = fields::of_schema(spec, types, data)?;
    let field = |name: &str| {
        let field = fields.iter().find(|field| field.name == name);
        field.ok_or_else(|| diagnostic(format!("the data has no `{name}`")))
    };
    let (items, total) = (field(&pagination.items)?, field(&pagination.total)?);
    let item = generic(items.ty(), "Vec");
    let item = item.ok_or_else(|| diagnostic(format!("`{}` is not an array", pagination.items)))?;
    for name in [&pagination.page, &pagination.limit] {
        if operation.parameter(name).is_none_or(|parameter| parameter.required) {
            return Err(diagnostic(format!("no optional parameter `{name}`")));
        }
    }

    let request = operation.type_ident();
    let (page, limit) = (idents::value_ident(&pagination.page), idents::value_ident(&pagination.limit));
    let (items, count) = (&items.ident, &total.ident);
    let count = if total.required { quote!(Some(data.#count)) } else { quote!(data.#count) };
    Ok(quote! {
        impl crate::client::pagination::Paginated for #request {
            type Item = #item;

            fn page(&mut self) -> &mut ::std::option::Option<i64> {
                &mut self.parameters.#page
            }

            fn limit(&self) -> ::std::option::Option<i64> {
                self.parameters.#limit
            }

            fn items(data: Self::Data) -> (::std::vec::Vec<Self::Item>, ::std::option::Option<i64>) {
                (data.#items, #count)
            }
        }
    })
}
