//! `x-genauth-pagination`: answers that come page by page, walked as one stream.

use proc_macro2::TokenStream;
use quote::quote;
use serde::Deserialize;
use syn::File;

use crate::document::{self, Operation};
use crate::{Bundle, Problem, fields, names, types};

const EXTENSION: &str = "x-genauth-pagination";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Paginated {
    /// The query parameter with the number of the page, counted from 1.
    page: String,
    /// The query parameter with the size of a page.
    limit: String,
    /// The member of the data with the page's items.
    items: String,
    /// The member of the data that counts the items of all pages.
    total: String,
}

/// What lets the operation's call walk its pages.
pub fn implementation(bundle: &Bundle, client: &File, operation: &Operation) -> Result<TokenStream, Problem> {
    let Some(extension) = operation.spec.get(EXTENSION) else { return Ok(TokenStream::new()) };
    let problem = |what: String| bundle.problem(&operation.place(EXTENSION), what, "see openapi/README.md");
    let paged = Paginated::deserialize(extension).map_err(|error| problem(error.to_string()))?;

    let name = document::reference(&operation.answer()["schema"]).unwrap_or_default();
    let parts = types::enveloped(&bundle.document["components"]["schemas"][name]).unwrap_or_default();
    let data = types::data_schema(parts).and_then(document::reference).unwrap_or_default();
    let schema = &bundle.document["components"]["schemas"][data];
    let members = fields::fields(bundle, client, data, schema)?;
    let member = |name: &str| {
        let member = members.iter().find(|member| member.ident == names::value_name(name));
        member.ok_or_else(|| problem(format!("the data has no `{name}`")))
    };
    let (items, total) = (member(&paged.items)?, member(&paged.total)?);
    let Some(item) = fields::generic(&items.ty, "Vec") else {
        return Err(problem(format!("`{}` is no list", paged.items)));
    };
    for parameter in [&paged.page, &paged.limit] {
        if !operation.parameters().any(|other| other["name"] == **parameter && other["required"] != true) {
            return Err(problem(format!("there is no optional parameter `{parameter}`")));
        }
    }

    let request = names::type_name(operation.id());
    let (page, limit) = (names::value_name(&paged.page), names::value_name(&paged.limit));
    let (items, count) = (&items.ident, &total.ident);
    let count = if total.required { quote!(Some(data.#count)) } else { quote!(data.#count) };
    Ok(quote! {
        impl crate::client::pagination::Paginated for #request {
            type Item = #item;

            fn page(&mut self) -> &mut Option<i64> {
                &mut self.parameters.#page
            }

            fn limit(&self) -> Option<i64> {
                self.parameters.#limit
            }

            fn items(data: Self::Data) -> (Vec<Self::Item>, Option<i64>) {
                (data.#items, #count)
            }
        }
    })
}
