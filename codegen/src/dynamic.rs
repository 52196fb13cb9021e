//! Which request an operation's name stands for, and which of the given fields go where.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use crate::document::{self, Operation};
use crate::{Bundle, fields, given, names};

/// A function that makes the call of an operation, by its name, from the values of its fields.
pub fn generate(bundle: &Bundle) -> TokenStream {
    let document = &bundle.document;
    let operations = document::operations(document).filter(|operation| !operation.is_socket());
    let arms = operations.map(|operation| {
        let (id, request) = (operation.id(), names::type_name(operation.id()));
        let (holders, names): (Vec<_>, Vec<_>) = parts(document, &operation).into_iter().unzip();
        let given = operation.parameters().filter_map(|parameter| {
            let (name, value) = (parameter["name"].as_str()?, fields::given(parameter, &quote!(client))?);
            Some(quote!(parameters.insert(#name.to_owned(), #value.into());))
        });
        let given: Vec<_> = given.collect();
        let mutable = (!given.is_empty()).then(|| quote!(mut));
        let answer = if operation.is_address() { quote!(url_future) } else { quote!(call_future) };
        let nothing = (operation.is_address() && holders.is_empty()).then(|| quote!(parameters: ()));
        quote! {
            #id => {
                let [#(#mutable #holders),*] = split(fields, [#(&[#(#names),*]),*])?;
                #(#given)*
                Ok(#answer(client, crate::operations::#request { #(#holders: read(#holders)?),* #nothing }))
            }
        }
    });
    quote! {
        fn request(client: &crate::AuthenticationClient, operation: &str, fields: Arguments) -> Result<CallFuture, RequestError> {
            match operation {
                #(#arms)*
                _ => Err(RequestError::unknown_operation(operation)),
            }
        }
    }
}

/// The parts of a request, by the name of the member that holds them, and the names of their fields.
fn parts<'a>(document: &'a Value, operation: &Operation<'a>) -> Vec<(TokenStream, Vec<&'a str>)> {
    let taken = operation.parameters().filter(|parameter| parameter.get(given::EXTENSION).is_none());
    let parameters: Vec<_> = taken.filter_map(|parameter| parameter["name"].as_str()).collect();
    let body = document::reference(&operation.request()["schema"]).map(|name| {
        let properties = document["components"]["schemas"][name]["properties"].as_object();
        (quote!(body), properties.into_iter().flatten().map(|(name, _)| name.as_str()).collect())
    });
    let parameters = operation.parameters().next().is_some().then_some((quote!(parameters), parameters));
    parameters.into_iter().chain(body).collect()
}
