//! The Rust types of responses.

use proc_macro2::TokenStream;
use quote::quote;

use crate::spec::operation::{Content, Enveloped, Operation};
use crate::spec::schema::{Schema, Shape};
use crate::spec::{Spec, formats, idents};

/// An alias for an enveloped response, under its documented name.
pub fn alias(spec: &Spec, name: &str, schema: &Schema) -> Option<TokenStream> {
    let data = yielded(spec, &spec.enveloped_schema(schema)?);
    let (description, name) = (&schema.description, idents::type_ident(name));
    Some(quote! {
        #[doc = #description]
        pub type #name = crate::Envelope<#data>;
    })
}

/// What an operation yields.
pub fn data(spec: &Spec, operation: &Operation) -> TokenStream {
    match (spec.enveloped(operation), &operation.response.content) {
        (Some(enveloped), _) => yielded(spec, &enveloped),
        (None, Content::Json(name)) => spec.rust_type(name),
        (None, Content::Text(schema)) => rust_type(spec, schema),
        (None, Content::Empty | Content::Unsupported) => quote!(()),
    }
}

/// How an operation's response is read, as a variant of `ResponseShape`.
pub fn shape(spec: &Spec, operation: &Operation) -> TokenStream {
    let upstream = operation.extensions.upstream_response.as_ref();
    match (spec.enveloped(operation), &operation.response.content) {
        (Some(Enveloped { data: None, .. }), _) => quote!(NoData),
        (Some(_), _) => match upstream {
            None => quote!(Enveloped),
            Some(upstream) => {
                let (payload, code, message) = (&upstream.payload, &upstream.code, &upstream.message);
                let (success, throttled, transient) = (upstream.success, &upstream.throttled, &upstream.transient);
                quote!(UpstreamResponse(crate::client::operation::UpstreamResponse {
                    payload: #payload, code: #code, message: #message, success: #success,
                    throttled: &[#(#throttled),*], transient: &[#(#transient),*],
                }))
            }
        },
        (None, Content::Json(_)) if spec.data_has_code(operation) => quote!(BareWithCode),
        (None, Content::Json(_)) => quote!(Bare),
        (None, Content::Text(_)) => quote!(Text),
        (None, Content::Empty | Content::Unsupported) => quote!(Empty),
    }
}

fn yielded(spec: &Spec, enveloped: &Enveloped) -> TokenStream {
    match enveloped.data {
        None => quote!(()),
        Some(data) if enveloped.required || data.nullable => rust_type(spec, data),
        Some(data) => optional(&rust_type(spec, data)),
    }
}

fn optional(ty: &TokenStream) -> TokenStream {
    quote!(::std::option::Option<#ty>)
}

pub fn rust_type(spec: &Spec, schema: &Schema) -> TokenStream {
    let ty = match &schema.shape {
        Shape::Ref(name) => spec.rust_type(name),
        Shape::Array(items) => {
            let item = rust_type(spec, items);
            quote!(::std::vec::Vec<#item>)
        }
        Shape::String(format) => match format.as_deref().and_then(formats::rust_type) {
            Some(path) => path.parse().expect("a path"),
            None => quote!(::std::string::String),
        },
        Shape::Boolean => quote!(bool),
        Shape::Integer => quote!(i64),
        Shape::Number => quote!(f64),
        _ => quote!(crate::FreeForm),
    };
    if schema.nullable { optional(&ty) } else { ty }
}
