//! `x-genauth-convenience-methods`: methods that make the body of an operation from a few arguments.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use serde::Deserialize;
use serde_json::{Map, Value};
use syn::File;

use crate::document::{self, Operation};
use crate::fields::{Field, fields};
use crate::role_method::role_method;
use crate::{Bundle, Problem, identifiers, names};

const EXTENSION: &str = "x-genauth-convenience-methods";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shortcut {
    name: String,
    summary: String,
    /// Properties of the body, with their values.
    set: Map<String, Value>,
    /// The arguments: paths of properties in the body.
    arguments: Vec<String>,
    role: Option<String>,
}

/// The shortcut methods of an operation.
pub fn methods(bundle: &Bundle, client: &File, operation: &Operation) -> Result<TokenStream, Problem> {
    let Some(extension) = operation.spec.get(EXTENSION) else { return Ok(TokenStream::new()) };
    let place = operation.place(EXTENSION);
    let shortcuts = Vec::<Shortcut>::deserialize(extension)
        .map_err(|error| bundle.problem(&place, error, "see openapi/README.md"))?;
    let body = Body::of(bundle, client, document::reference(&operation.request()["schema"]).unwrap_or_default())?;
    shortcuts
        .iter()
        .map(|shortcut| {
            method(bundle, client, operation, &body, shortcut)
                .map_err(|what| bundle.problem(&[&*place, &[&shortcut.name]].concat(), what, "see openapi/README.md"))
        })
        .collect()
}

/// An object that is built, with the properties that it may have.
struct Body<'a> {
    schema: &'a Value,
    name: &'a str,
    fields: Vec<Field>,
}

impl<'a> Body<'a> {
    fn of(bundle: &'a Bundle, client: &File, name: &'a str) -> Result<Self, Problem> {
        let schema = &bundle.document["components"]["schemas"][name];
        Ok(Self { schema, name, fields: fields(bundle, client, name, schema)? })
    }

    fn field(&self, property: &str) -> Result<&Field, String> {
        let ident = names::value_name(property);
        let known = self.schema["properties"].get(property).is_some();
        let field = self.fields.iter().find(|field| known && field.ident == ident);
        field.ok_or_else(|| format!("`{}` has no property `{property}`", self.name))
    }

    /// An expression that builds it from values of some of its fields, each under the field's name.
    fn expression(&self, given: &[(&Field, TokenStream)]) -> Result<TokenStream, String> {
        let value = |field: &Field| given.iter().find(|(other, _)| other.ident == field.ident).map(|(_, value)| value);
        let required = self.fields.iter().filter(|field| field.required);
        let required: Result<Vec<_>, _> = required
            .map(|field| value(field).ok_or_else(|| format!("`{}` of `{}` is not given", field.ident, self.name)))
            .collect();
        let required = required?;
        let optional = given.iter().filter(|(field, _)| !field.required).map(|(field, value)| {
            let ident = &field.ident;
            quote!(.#ident(#value))
        });
        let name = names::type_name(self.name);
        Ok(quote!(crate::types::#name::new(#(#required),*) #(#optional)*))
    }
}

/// An argument of a shortcut.
struct Argument {
    ident: Ident,
    ty: TokenStream,
    description: String,
    example: String,
}

impl Argument {
    fn of(object: &Body, field: &Field, property: &str) -> Self {
        let ident = &field.ident;
        let example = object.schema["properties"][property]["example"].as_str().unwrap_or(property);
        Self {
            ident: ident.clone(),
            ty: field.argument(),
            description: field.description.clone(),
            example: format!("{example:?}"),
        }
    }
}

fn method(
    bundle: &Bundle,
    client: &File,
    operation: &Operation,
    body: &Body,
    shortcut: &Shortcut,
) -> Result<TokenStream, String> {
    if !identifiers::is_identifier(&shortcut.name) {
        return Err("its name is none in Rust".to_owned());
    }
    let mut given = Vec::new();
    for (property, value) in &shortcut.set {
        let text = value.as_str().ok_or_else(|| format!("`{property}` is not set to a string"))?;
        given.push((body.field(property)?, quote!(#text)));
    }

    // Arguments inside the same object build that object together.
    let mut arguments = Vec::new();
    let mut inner: Vec<(&str, Vec<&str>)> = Vec::new();
    for path in &shortcut.arguments {
        let Some((object, property)) = path.split_once('.') else {
            let field = body.field(path)?;
            arguments.push(Argument::of(body, field, path));
            let ident = &field.ident;
            given.push((field, quote!(#ident)));
            continue;
        };
        match inner.iter_mut().find(|(name, _)| *name == object) {
            Some((_, properties)) => properties.push(property),
            None => inner.push((object, vec![property])),
        }
    }
    for (object, properties) in &inner {
        let schema = document::reference(&body.schema["properties"][*object]);
        let schema = schema.ok_or_else(|| format!("`{object}` is no object with a schema of its own"))?;
        let part = Body::of(bundle, client, schema).map_err(|problem| problem.to_string())?;
        let mut values = Vec::new();
        for property in properties {
            let field = part.field(property)?;
            arguments.push(Argument::of(&part, field, property));
            let ident = &field.ident;
            values.push((field, quote!(#ident)));
        }
        given.push((body.field(object)?, part.expression(&values)?));
    }

    let expression = body.expression(&given)?;
    let (name, request) = (format_ident!("{}", shortcut.name), names::type_name(operation.id()));
    let doc = documentation(operation, shortcut, &arguments);
    let arguments: Vec<_> = arguments.iter().map(|Argument { ident, ty, .. }| (ident, ty.clone())).collect();
    let declarations = arguments.iter().map(|(ident, ty)| quote!(#ident: #ty));
    let output = quote!(crate::Call<#request>);
    let in_role = role_method(shortcut.role.as_deref(), &name, &arguments, &output);
    Ok(quote! {
        #[doc = #doc]
        pub fn #name(&self, #(#declarations),*) -> #output {
            crate::Call::new(self, #request { body: #expression })
        }
        #in_role
    })
}

fn documentation(operation: &Operation, shortcut: &Shortcut, arguments: &[Argument]) -> String {
    let id = operation.id();
    let set = shortcut.set.iter().map(|(name, value)| format!("`{name}` `{}`", value.as_str().unwrap_or_default()));
    let list = arguments.iter().map(|Argument { ident, description, .. }| format!("- `{ident}`: {description}\n"));
    let examples: Vec<_> = arguments.iter().map(|argument| argument.example.as_str()).collect();
    format!(
        "{}.\n\nShort for [`{id}`](Self::{id}) with {}, and with the arguments in their places. What else can be \
         set there can be set here.\n\n# Arguments\n\n{}\n# Example\n\n```no_run\n\
         # async fn example() -> genauth::Result<()> {{\n# let client = genauth::AuthenticationClient::from_env()?;\n\
         let data = client.{}({}).await?;\n# Ok(())\n# }}\n```\n\n# API\n\n`{} {}`\n",
        shortcut.summary.trim_end_matches('.'),
        set.collect::<Vec<_>>().join(", "),
        list.collect::<String>(),
        shortcut.name,
        examples.join(", "),
        operation.method.to_uppercase(),
        operation.path,
    )
}
