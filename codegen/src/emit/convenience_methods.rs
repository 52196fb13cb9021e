//! `x-genauth-convenience-methods`: methods that build the body of an operation from a few arguments.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::fields::{self, Field};
use super::input::Input;
use super::{docs, examples, internal_methods};
use crate::diagnostic::Diagnostic;
use crate::spec::extensions::ConvenienceMethod;
use crate::spec::operation::Operation;
use crate::spec::schema::Schema;
use crate::spec::{Spec, idents};
use crate::types::Types;

/// The convenience methods of an operation.
pub fn generate(spec: &Spec, types: &Types, operation: &Operation, input: &Input) -> Result<TokenStream, Diagnostic> {
    let methods = &operation.extensions.convenience_methods;
    if methods.is_empty() {
        return Ok(TokenStream::new());
    }
    let place = operation.place("x-genauth-convenience-methods");
    let diagnostic =
        |name: &str, message: String| spec.diagnostic(&[&*place, &[name]].concat(), message, "see openapi/README.md");
    let Some(body) = &operation.body else {
        return Err(diagnostic(&methods[0].name, "the operation has no body".to_owned()));
    };
    let parameters = || input.parameters.iter().flat_map(|part| &part.fields);
    if let Some(field) = parameters().find(|field| field.is_argument()) {
        let message = format!("the operation has the required parameter `{}`", field.name);
        return Err(diagnostic(&methods[0].name, message));
    }
    let body = Object::new(spec, types, &body.schema)?;
    let parameters = input.parameters.as_ref().map(|part| part.build(spec));
    let methods = methods.iter().map(|method| {
        generate_method(spec, types, operation, (&body, parameters.as_ref()), method).map_err(|error| match error {
            Error::Here(message) => diagnostic(&method.name, message),
            Error::Elsewhere(diagnostic) => diagnostic,
        })
    });
    methods.collect()
}

enum Error {
    /// The extension is wrong.
    Here(String),
    /// A schema is wrong.
    Elsewhere(Diagnostic),
}

impl From<String> for Error {
    fn from(message: String) -> Self {
        Self::Here(message)
    }
}

/// An object that is built.
struct Object<'a> {
    spec: &'a Spec,
    name: &'a str,
    fields: Vec<Field<'a>>,
}

impl<'a> Object<'a> {
    fn new(spec: &'a Spec, types: &Types, name: &'a str) -> Result<Self, Diagnostic> {
        Ok(Self { spec, name, fields: fields::of_schema(spec, types, name)? })
    }

    fn field(&self, name: &str) -> Result<&Field<'a>, String> {
        let field = self.fields.iter().find(|field| field.name == name);
        field.ok_or_else(|| format!("`{}` has no property `{name}`", self.name))
    }

    /// The schema of a property.
    fn property(&self, name: &str) -> Option<&'a Schema> {
        Some(&self.spec.schema(self.name)?.object()?.property(name)?.schema)
    }

    /// An expression that builds it from values of some of its fields.
    fn build(&self, values: &[(&Field, TokenStream)]) -> Result<TokenStream, String> {
        let value = |field: &Field| values.iter().find(|(other, _)| other.name == field.name).map(|(_, value)| value);
        let required = self.fields.iter().filter(|field| field.required);
        let required = required
            .map(|field| value(field).ok_or_else(|| format!("no value for `{}` of `{}`", field.name, self.name)));
        let required = required.collect::<Result<Vec<_>, _>>()?;
        let setters = values.iter().filter(|(field, _)| !field.required).map(|(field, value)| {
            let setter = &field.argument_ident;
            quote!(.#setter(#value))
        });
        let ty = self.spec.rust_type(self.name);
        Ok(quote!(#ty::new(#(#required),*) #(#setters)*))
    }
}

/// An argument of a convenience method.
struct Argument {
    ident: Ident,
    ty: TokenStream,
    description: String,
    example: String,
}

impl Argument {
    fn new(object: &Object, field: &Field) -> Result<Self, String> {
        let no_example = || format!("`{}` of `{}` has no example for the documentation", field.name, object.name);
        let example = object
            .property(field.name)
            .zip(field.example)
            .map(|(schema, example)| examples::expression(object.spec, schema, example, field.required));
        Ok(Self {
            ident: field.ident.clone(),
            ty: field.argument_type(),
            description: field.description.to_owned(),
            example: example.ok_or_else(no_example)?,
        })
    }
}

fn generate_method(
    spec: &Spec,
    types: &Types,
    operation: &Operation,
    (body, parameters): (&Object, Option<&TokenStream>),
    method: &ConvenienceMethod,
) -> Result<TokenStream, Error> {
    if !idents::is_valid_ident(&method.name) {
        return Err(format!("`{}` is not a valid Rust identifier", method.name).into());
    }
    let mut values = Vec::new();
    for (name, value) in &method.set {
        let text = value.as_str().ok_or_else(|| format!("`{name}` is not set to a string"))?;
        let field = body.field(name)?;
        values.push((field, field.constant(spec, text)));
    }

    // Arguments inside the same object build that object together.
    let (mut arguments, mut inner) = (Vec::new(), Vec::<(&str, Vec<&str>)>::new());
    for path in &method.arguments {
        let Some((object, name)) = path.split_once('.') else {
            let field = body.field(path)?;
            arguments.push(Argument::new(body, field)?);
            let ident = &field.ident;
            values.push((field, quote!(#ident)));
            continue;
        };
        match inner.iter_mut().find(|(other, _)| *other == object) {
            Some((_, names)) => names.push(name),
            None => inner.push((object, vec![name])),
        }
    }
    for (object, names) in &inner {
        let schema = body.property(object).and_then(Schema::reference);
        let schema = schema.ok_or_else(|| format!("`{object}` is not an object with a named schema"))?;
        let part = Object::new(spec, types, schema).map_err(Error::Elsewhere)?;
        let mut part_values = Vec::new();
        for name in names {
            let field = part.field(name)?;
            arguments.push(Argument::new(&part, field)?);
            let ident = &field.ident;
            part_values.push((field, quote!(#ident)));
        }
        values.push((body.field(object)?, part.build(&part_values)?));
    }

    let expression = body.build(&values)?;
    let (name, request) = (format_ident!("{}", method.name), operation.type_ident());
    let doc = documentation(spec, operation, method, &arguments);
    let arguments: Vec<_> = arguments.iter().map(|Argument { ident, ty, .. }| (ident, ty.clone())).collect();
    let declarations = arguments.iter().map(|(ident, ty)| quote!(#ident: #ty));
    let output = quote!(crate::Call<#request>);
    let internal = internal_methods::generate(spec.api, method.internal_use, &name, &arguments, &output);
    Ok(quote! {
        #[doc = #doc]
        pub fn #name(&self, #(#declarations),*) -> #output {
            crate::Call::new(self.core(), #request { #parameters body: #expression })
        }
        #internal
    })
}

fn documentation(spec: &Spec, operation: &Operation, method: &ConvenienceMethod, arguments: &[Argument]) -> String {
    let id = &operation.id;
    let set =
        method.set.iter().map(|(name, value)| format!("`{name}` set to `{}`", value.as_str().unwrap_or_default()));
    let list = arguments.iter().map(|Argument { ident, description, .. }| format!("- `{ident}`: {description}\n"));
    let examples: Vec<_> = arguments.iter().map(|argument| argument.example.as_str()).collect();
    let call = format!("let data = client.{}({}).await?;\n", method.name, examples.join(", "));
    format!(
        "{}.\n\nCalls [`{id}`](Self::{}) with {}, and with these arguments. Its other options are setters here too.\n\n\
         # Arguments\n\n{}{}{}",
        method.summary.trim_end_matches('.'),
        operation.method_ident(),
        set.collect::<Vec<_>>().join(", "),
        list.collect::<String>(),
        docs::example(spec, &call),
        docs::api(operation),
    )
}
