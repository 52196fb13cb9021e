//! `x-genauth-pagination`: responses in pages, read as one stream.

use proc_macro2::TokenStream;
use quote::quote;

use super::fields::{self, Field, generic};
use crate::diagnostic::Diagnostic;
use crate::spec::extensions::Pagination;
use crate::spec::operation::Operation;
use crate::spec::schema::{Schema, Shape};
use crate::spec::{Spec, idents};
use crate::types::Types;

/// The implementation of `Paginated`; empty for an operation without pages.
pub fn generate(spec: &Spec, types: &Types, operation: &Operation) -> Result<TokenStream, Diagnostic> {
    let Some(pagination) = &operation.extensions.pagination else { return Ok(TokenStream::new()) };
    let data = Data::new(spec, types, operation)?;
    let (items_name, total_name) = match pagination {
        Pagination::Numbered(pages) => (pages.items.as_deref(), pages.total.as_deref()),
        Pagination::Linked(pages) => (Some(&*pages.items), None),
    };
    let (item, items) = data.items(spec, items_name)?;
    let total = total_name.map(|name| data.optional(name)).transpose()?.unwrap_or(quote!(None));
    let (start, limit, set, next) = match pagination {
        Pagination::Numbered(pages) => {
            let [page, limit] = [&pages.page, &pages.limit].map(|path| request_value(spec, operation, path));
            let set = set_request_value(spec, operation, &pages.page, &quote!(Some(*page)));
            (
                quote!(crate::client::pagination::Position::Number(#page.unwrap_or(1))),
                quote!(#limit),
                quote!(if let crate::client::pagination::Position::Number(page) = position { #set }),
                quote!(None),
            )
        }
        Pagination::Linked(pages) => {
            let cursor = request_value(spec, operation, &pages.cursor);
            let (text, parsed) = match is_integer(spec, operation, &pages.cursor) {
                true => (quote!(#cursor.map(|cursor| cursor.to_string())), quote!(cursor.parse().ok())),
                false => (cursor, quote!(Some(cursor.clone()))),
            };
            let set = set_request_value(spec, operation, &pages.cursor, &parsed);
            let next = data.optional(&pages.next)?;
            let more = pages.more.as_ref().map(|name| data.optional(name)).transpose()?;
            let more = more.map(|more| quote!(.filter(|_| #more != Some(false))));
            (
                quote!(crate::client::pagination::Position::Cursor(#text)),
                quote!(None),
                quote!(if let crate::client::pagination::Position::Cursor(Some(cursor)) = position { #set }),
                quote!(#next.map(|next| next.to_string()).filter(|next| !next.is_empty()) #more),
            )
        }
    };
    let request = operation.type_ident();
    Ok(quote! {
        impl crate::client::pagination::Paginated for #request {
            type Item = #item;

            fn start(&self) -> crate::client::pagination::Position {
                #start
            }

            fn limit(&self) -> ::std::option::Option<i64> {
                #limit
            }

            fn set_position(&mut self, position: &crate::client::pagination::Position) {
                #set
            }

            fn page(data: Self::Data) -> crate::client::pagination::Page<Self::Item> {
                crate::client::pagination::Page { total: #total, next: #next, items: #items }
            }
        }
    })
}

/// The data of a response.
struct Data<'a> {
    spec: &'a Spec,
    place: Vec<&'a str>,
    schema: Option<&'a Schema>,
    fields: Vec<Field<'a>>,
}

impl<'a> Data<'a> {
    fn new(spec: &'a Spec, types: &Types, operation: &'a Operation) -> Result<Self, Diagnostic> {
        let schema = spec.data(operation);
        let name = schema.and_then(Schema::reference);
        let fields = name.map(|name| fields::of_schema(spec, types, name)).transpose()?.unwrap_or_default();
        Ok(Self { spec, place: operation.place("x-genauth-pagination"), schema, fields })
    }

    fn diagnostic(&self, message: &str) -> Diagnostic {
        self.spec.diagnostic(&self.place, message, "see openapi/README.md")
    }

    fn field(&self, name: &str) -> Result<&Field<'a>, Diagnostic> {
        let field = self.fields.iter().find(|field| field.name == name);
        field.ok_or_else(|| self.diagnostic(&format!("the response has no data with a property `{name}`")))
    }

    /// The type of an item, and the items.
    fn items(&self, spec: &Spec, name: Option<&str>) -> Result<(TokenStream, TokenStream), Diagnostic> {
        let Some(name) = name else {
            return match self.schema.map(|schema| &schema.shape) {
                Some(Shape::Array(item)) => Ok((super::response_types::rust_type(spec, item), quote!(data))),
                _ => Err(self.diagnostic("without `items`, the data is not an array")),
            };
        };
        let field = self.field(name)?;
        let not_a_list = || self.diagnostic(&format!("`{name}` is not an array"));
        let (item, ident) = (generic(field.ty(), "Vec").ok_or_else(not_a_list)?, &field.ident);
        let default = field.is_optional().then(|| quote!(.unwrap_or_default()));
        Ok((quote!(#item), quote!(data.#ident #default)))
    }

    /// A property that may be missing.
    fn optional(&self, name: &str) -> Result<TokenStream, Diagnostic> {
        let field = self.field(name)?;
        let ident = &field.ident;
        Ok(if field.is_optional() { quote!(data.#ident) } else { quote!(Some(data.#ident)) })
    }
}

/// The fields on the way to a parameter, or to a property of the body.
fn request_path(operation: &Operation, path: &str) -> Vec<TokenStream> {
    let holder = if operation.parameter(path).is_some() { quote!(self.parameters) } else { quote!(self.body) };
    let mut fields = path.split('.').map(idents::value_ident);
    let first = fields.next();
    std::iter::once(quote!(#holder.#first)).chain(fields.map(|field| quote!(#field))).collect()
}

fn request_value(spec: &Spec, operation: &Operation, path: &str) -> TokenStream {
    let clone = (!is_integer(spec, operation, path)).then(|| quote!(.clone()));
    match request_path(operation, path).as_slice() {
        [first, middle @ .., last] => quote! {
            #first.as_ref()
                #(.and_then(|object| object.#middle.as_ref()))*
                .and_then(|object| object.#last #clone)
        },
        fields => quote!(#(#fields)* #clone),
    }
}

/// A statement that sets it, and makes the objects around it.
fn set_request_value(spec: &Spec, operation: &Operation, path: &str, value: &TokenStream) -> TokenStream {
    let mut fields = request_path(operation, path);
    let last = fields.pop();
    let mut schema = operation.body.as_ref().and_then(|body| spec.schema(&body.schema));
    let mut target = TokenStream::new();
    for (field, name) in fields.iter().zip(path.split('.')) {
        let property = schema.and_then(Schema::object).and_then(|object| object.property(name));
        let inner = property.and_then(|property| property.schema.reference());
        schema = inner.and_then(|name| spec.schema(name));
        let ty = inner.map(|name| spec.rust_type(name));
        target.extend(quote!(#field.get_or_insert_with(#ty::new).));
    }
    quote!(#target #last = #value;)
}

/// Whether what is at the path is an integer, as the number of a page always is.
fn is_integer(spec: &Spec, operation: &Operation, path: &str) -> bool {
    let parameter = operation.parameter(path).map(|parameter| &parameter.schema);
    let body = || spec.schema(&operation.body.as_ref()?.schema)?.object()?.property(path).map(|it| &it.schema);
    parameter.or_else(body).is_none_or(|schema| matches!(schema.shape, Shape::Integer))
}
