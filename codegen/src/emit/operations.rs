//! Every operation as a type: what it sends, and how its response is read.

use proc_macro2::TokenStream;
use quote::quote;

use super::input::{Input, Part};
use super::response_types;
use crate::spec::operation::{Kind, Location, Operation};
use crate::spec::{Spec, idents};
use crate::types::Types;

/// The operation as a type, with its implementation of `Operation` or `UrlOperation`; nothing for a WebSocket.
pub fn generate(spec: &Spec, types: &Types, operation: &Operation, input: &Input) -> TokenStream {
    match operation.kind {
        Kind::Call => call(spec, types, operation, input),
        Kind::UrlOnly => url_only(spec, operation, input),
        Kind::WebSocket(_) => TokenStream::new(),
    }
}

/// The type that users set options on: a call, or a URL to build.
pub fn wrapper(operation: &Operation) -> TokenStream {
    if operation.kind == Kind::UrlOnly { quote!(crate::UrlBuilder) } else { quote!(crate::Call) }
}

fn call(spec: &Spec, types: &Types, operation: &Operation, input: &Input) -> TokenStream {
    let (name, method, id) = (operation.type_ident(), operation.method_ident(), &operation.id);
    let (client, module) = (spec.api.client(), spec.api.module());
    let doc = format!("The request of [`{client}::{id}`](crate::{client}::{method}).");
    let members = input.parts().map(|Part { holder, ty, .. }| quote!(pub(crate) #holder: #ty,));
    let security = operation.security.iter().map(|scheme| idents::type_ident(&scheme.name));
    let (data, shape) = (response_types::data(spec, operation), response_types::shape(spec, operation));
    let (http_method, path, idempotent) = (operation.method.name(), &operation.path, operation.is_idempotent());
    let default_data = default_data(spec, operation);
    let client_credentials = client_credentials(operation);
    let path_parameters = path_parameters(operation);
    let passed = input.passed(types, operation);
    quote! {
        #[doc = #doc]
        #[derive(Clone, Debug)]
        pub struct #name { #(#members)* }

        impl crate::client::operation::Operation for #name {
            type Data = #data;
            const ID: &'static str = #id;
            const SECURITY: &'static [crate::client::operation::SecurityScheme] =
                &[#(crate::client::operation::SecurityScheme::#security),*];
            const RESPONSE: crate::client::operation::ResponseShape = crate::client::operation::ResponseShape::#shape;
            const ENDPOINT: crate::client::operation::Endpoint =
                crate::client::operation::Endpoint { method: #http_method, path: #path, idempotent: #idempotent };

            #default_data
            #client_credentials
            #path_parameters

            #[inline]
            fn request(&self, http: &::reqwest::Client, url: ::reqwest::Url) -> crate::Result<::reqwest::Request> {
                #module::generated::requests::#method(http, url, #(#passed),*)
                    .map_err(crate::client::request::build_error)
            }
        }
    }
}

fn url_only(spec: &Spec, operation: &Operation, input: &Input) -> TokenStream {
    let (name, method, id, path) = (operation.type_ident(), operation.method_ident(), &operation.id, &operation.path);
    let client = spec.api.client();
    let doc = format!("The URL of [`{client}::{id}`](crate::{client}::{method}).");
    let ty = input.parameters.as_ref().map_or_else(|| quote!(()), |part| part.ty.clone());
    quote! {
        #[doc = #doc]
        #[derive(Clone, Debug)]
        pub struct #name { pub(crate) parameters: #ty }

        impl crate::client::url::UrlOperation for #name {
            type Parameters = #ty;
            const ID: &'static str = #id;
            const PATH: &'static str = #path;

            fn parameters(&self) -> &#ty {
                &self.parameters
            }
        }
    }
}

/// The values that become segments of the path.
fn path_parameters(operation: &Operation) -> Option<TokenStream> {
    let parameters = || operation.parameters.iter().filter(|parameter| parameter.location == Location::Path);
    let names = parameters().map(|parameter| &parameter.name);
    let values = parameters().map(|parameter| idents::value_ident(&parameter.name));
    parameters().next().is_some().then(|| {
        quote! {
            fn path_parameters(&self) -> ::std::vec::Vec<(&'static str, ::std::string::String)> {
                vec![#((#names, self.parameters.#values.to_string())),*]
            }
        }
    })
}

/// What missing data stands for.
fn default_data(spec: &Spec, operation: &Operation) -> Option<TokenStream> {
    let default = spec.data(operation)?.default.as_ref()?.to_string();
    Some(quote!(const DEFAULT_DATA: &'static str = #default;))
}

/// The fields of the body that take the application's credentials.
fn client_credentials(operation: &Operation) -> Option<TokenStream> {
    let credentials = operation.client_credentials()?;
    let [id, secret] = [&credentials.id, &credentials.secret].map(|name| idents::value_ident(name));
    Some(quote! {
        fn client_credentials(
            &mut self,
        ) -> ::std::option::Option<crate::client::operation::ClientCredentials<'_>> {
            Some(crate::client::operation::ClientCredentials { id: &mut self.body.#id, secret: &mut self.body.#secret })
        }
    })
}
