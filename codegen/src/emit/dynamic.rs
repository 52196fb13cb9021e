//! Operations by name: which of the arguments go where.

use proc_macro2::TokenStream;
use quote::quote;

use super::fields;
use crate::diagnostic::Diagnostic;
use crate::spec::Spec;
use crate::spec::operation::{Kind, Operation};
use crate::spec::schema::Schema;
use crate::types::Types;

/// An implementation of `ByName`, which creates the call of an operation, by its name, from JSON values.
pub fn generate(spec: &Spec, types: &Types) -> Result<TokenStream, Diagnostic> {
    let operations = spec.operations.iter().filter(|operation| !matches!(operation.kind, Kind::WebSocket(_)));
    let arms = operations.map(|operation| arm(spec, types, operation)).collect::<Result<Vec<_>, _>>()?;
    let client = spec.api.client_ident();
    Ok(quote! {
        impl ByName for crate::#client {
            fn request(&self, operation: &str, arguments: Arguments) -> Result<CallFuture, ArgumentError> {
                match operation {
                    #(#arms)*
                    _ => Err(ArgumentError::unknown_operation(operation)),
                }
            }
        }
    })
}

fn arm(spec: &Spec, types: &Types, operation: &Operation) -> Result<TokenStream, Diagnostic> {
    let (id, module, request) = (&operation.id, spec.api.module(), operation.type_ident());
    let (holders, names): (Vec<_>, Vec<_>) = parts(spec, operation).into_iter().unzip();
    let supplied = fields::of_parameters(spec, types, operation)?;
    let supplied: Vec<_> = supplied
        .iter()
        .filter_map(|field| Some((field.name, field.supplied_text(&quote!(self))?)))
        .map(|(name, value)| quote!(parameters.insert(#name.to_owned(), #value.into());))
        .collect();
    let mutable = (!supplied.is_empty()).then(|| quote!(mut));
    let is_url = operation.kind == Kind::UrlOnly;
    let make = if is_url { quote!(url_future) } else { quote!(call_future) };
    let nothing = (is_url && holders.is_empty()).then(|| quote!(parameters: ()));
    Ok(quote! {
        #id => {
            let [#(#mutable #holders),*] = split(arguments, [#(&[#(#names),*]),*])?;
            #(#supplied)*
            Ok(#make(self.core(), #module::operations::#request { #(#holders: read(#holders)?,)* #nothing }))
        }
    })
}

/// The parts of a request, by the name of the field that holds them, and the names of their properties.
fn parts<'a>(spec: &'a Spec, operation: &'a Operation) -> Vec<(TokenStream, Vec<&'a str>)> {
    let parameters = (!operation.parameters.is_empty()).then(|| {
        (quote!(parameters), operation.caller_parameters().map(|parameter| parameter.name.as_str()).collect())
    });
    let body = operation.body.as_ref().map(|body| {
        let object = spec.schema(&body.schema).and_then(Schema::object);
        let properties = object.into_iter().flat_map(|object| &object.properties);
        (quote!(body), properties.map(|property| property.name.as_str()).collect())
    });
    parameters.into_iter().chain(body).collect()
}
