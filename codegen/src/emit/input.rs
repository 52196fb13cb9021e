//! What an operation takes: its parameters and its body, each a struct of its own.

use proc_macro2::TokenStream;
use quote::quote;

use super::fields::{self, Field};
use crate::diagnostic::Diagnostic;
use crate::spec::Spec;
use crate::spec::operation::{Kind, Operation};
use crate::types::{Argument, Types};

/// What an operation takes.
pub struct Input<'a> {
    pub parameters: Option<Part<'a>>,
    pub body: Option<Part<'a>>,
}

/// The parameters, or the body.
pub struct Part<'a> {
    /// The field of the request that holds it.
    pub holder: TokenStream,
    pub ty: TokenStream,
    pub fields: Vec<Field<'a>>,
}

impl<'a> Input<'a> {
    pub fn new(spec: &'a Spec, types: &Types, operation: &'a Operation) -> Result<Self, Diagnostic> {
        let part = |holder, name: &str, fields| Part { holder, ty: spec.rust_type(name), fields };
        let mut parameters = fields::of_parameters(spec, types, operation)?;
        let body = operation.body.as_ref().map(|body| {
            let fields = fields::of_schema(spec, types, &body.schema)?;
            Ok(part(quote!(body), &body.schema, fields))
        });
        let mut body = body.transpose()?;
        fields::distinguish(&mut parameters, body.as_mut().map_or(&mut [], |body| &mut body.fields));
        let parameters =
            (!parameters.is_empty()).then(|| part(quote!(parameters), &operation.parameters_name(), parameters));
        Ok(Self { parameters, body })
    }

    pub fn parts(&self) -> impl Iterator<Item = &Part<'a>> {
        self.parameters.iter().chain(&self.body)
    }

    /// What the caller has to supply.
    pub fn arguments(&self) -> impl Iterator<Item = &Field<'a>> {
        self.parts().flat_map(|part| &part.fields).filter(|field| field.is_argument())
    }

    /// The request, as a value of the operation's type, made of such arguments.
    pub fn request(&self, spec: &Spec, operation: &Operation) -> TokenStream {
        let (module, name) = (spec.api.module(), operation.type_ident());
        let parts = self.parts().map(|part| part.build(spec));
        let nothing = (operation.kind == Kind::UrlOnly && self.parameters.is_none()).then(|| quote!(parameters: ()));
        quote!(#module::operations::#name { #(#parts)* #nothing })
    }

    /// What the method takes, in its order, that makes the operation's requests.
    pub fn passed(&self, types: &Types, operation: &Operation) -> Vec<TokenStream> {
        let fields = || self.parameters.iter().flat_map(|part| &part.fields);
        let passed = types.arguments(operation).iter().filter_map(|argument| match argument {
            Argument::Body => Some(quote!(&self.body)),
            Argument::Parameter(ident) => {
                fields().find(|field| field.ident == *ident).map(|field| field.passed(&quote!(self.parameters)))
            }
        });
        passed.collect()
    }
}

impl Part<'_> {
    /// The field of the request, made of arguments and what the client supplies.
    pub fn build(&self, spec: &Spec) -> TokenStream {
        let Self { holder, ty, fields } = self;
        let required = fields.iter().filter(|field| field.required).map(|field| {
            let ident = &field.argument_ident;
            field.supplied(spec, &quote!(self)).unwrap_or_else(|| quote!(#ident))
        });
        quote!(#holder: #ty::new(#(#required),*),)
    }
}
