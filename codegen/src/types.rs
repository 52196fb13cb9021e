//! What the generated types have beside them: open enums, the documented names of answers, and
//! constructors for what is sent.

use std::collections::BTreeSet;

use heck::ToUpperCamelCase;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::Value;
use syn::File;

use crate::{Bundle, Problem, document, fields, names, parameters};

/// The Rust types of strings with a `format`.
pub const FORMATS: [(&str, &str); 5] = [
    ("cas-validation", "crate::CasValidation"),
    ("date-time", "crate::DateTime"),
    ("json", "crate::JsonText"),
    ("password", "crate::Secret"),
    ("phone", "crate::PhoneNumber"),
];

pub fn generate(bundle: &Bundle, client: &File) -> Result<TokenStream, Problem> {
    let document = &bundle.document;
    let mut code = TokenStream::new();
    for (name, schema) in document::schemas(document) {
        if schema.get("enum").is_some() {
            code.extend(open_enum(bundle, name, schema)?);
        } else if enveloped(schema).is_some() {
            code.extend(answer_alias(name, schema));
        }
    }
    let sent = sent(document);
    for (name, schema) in document::schemas(document) {
        if sent.contains(name) && schema.get("properties").is_some() {
            code.extend(constructor(bundle, client, name, schema)?);
        }
    }
    for operation in document::operations(document) {
        if let Some((name, schema)) = parameters::parameters_schema(&operation) {
            code.extend(constructor(bundle, client, &name, &schema)?);
        }
    }
    Ok(code)
}

/// The Rust type of what an answer holds.
pub fn data(schema: &Value) -> TokenStream {
    if let Some(name) = document::reference(schema) {
        let name = names::type_name(name);
        return quote!(crate::types::#name);
    }
    let format = FORMATS.iter().find(|(format, _)| schema["format"] == *format);
    match (schema["type"].as_str(), format) {
        (Some("array"), _) => {
            let item = data(&schema["items"]);
            quote!(Vec<#item>)
        }
        (Some("string"), Some((_, path))) => path.parse().expect("a path"),
        (Some("string"), None) => quote!(String),
        (Some("boolean"), _) => quote!(bool),
        (Some("integer"), _) => quote!(i64),
        (Some("number"), _) => quote!(f64),
        _ => quote!(crate::FreeForm),
    }
}

/// The Rust type of what an enveloped answer yields: nothing, its `data`, or that where it may be missing.
pub fn yielded(parts: &[Value]) -> TokenStream {
    let Some(schema) = data_schema(parts) else { return quote!(()) };
    let data = data(schema);
    let is_required = |part: &Value| part["required"].as_array().is_some_and(|names| names.iter().any(|n| n == "data"));
    if parts.iter().any(is_required) { data } else { quote!(Option<#data>) }
}

/// The parts that an enveloped answer has beside the envelope; nothing for other schemas.
pub fn enveloped(schema: &Value) -> Option<&[Value]> {
    let (first, rest) = schema["allOf"].as_array()?.split_first()?;
    (document::reference(first) == Some("Envelope")).then_some(rest)
}

/// The schema of the `data` in an enveloped answer.
pub fn data_schema(parts: &[Value]) -> Option<&Value> {
    parts.iter().find_map(|part| part["properties"].get("data"))
}

fn answer_alias(name: &str, schema: &Value) -> TokenStream {
    let description = schema["description"].as_str();
    let name = names::type_name(name);
    let data = enveloped(schema).map(yielded);
    quote! {
        #[doc = #description]
        pub type #name = crate::Envelope<#data>;
    }
}

fn open_enum(bundle: &Bundle, name: &str, schema: &Value) -> Result<TokenStream, Problem> {
    let strings = |key: &str| schema[key].as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut given = strings("x-enum-varnames");
    let mut descriptions = strings("x-enum-descriptions");
    let mut seen = BTreeSet::from(["Unknown".to_owned()]);

    let mut variants = TokenStream::new();
    for value in strings("enum") {
        let variant = given.next().map_or_else(|| value.to_upper_camel_case(), ToOwned::to_owned);
        let Ok(ident) = syn::parse_str::<Ident>(&variant) else {
            return Err(variant_problem(bundle, name, value, "makes no name"));
        };
        if !seen.insert(variant) {
            return Err(variant_problem(bundle, name, value, "makes a name that is taken"));
        }
        let doc = match descriptions.next() {
            Some(description) => format!("`{value}`: {description}"),
            None => format!("`{value}`"),
        };
        variants.extend(quote!(#[doc = #doc] #ident = #value,));
    }
    let description = schema["description"].as_str();
    let name = names::type_name(name);
    Ok(quote! {
        crate::types::open_enum::open_enum! {
            #[doc = #description]
            #name { #variants }
        }
    })
}

fn variant_problem(bundle: &Bundle, name: &str, value: &str, what: &str) -> Problem {
    let place = ["components", "schemas", name, "enum"];
    bundle.problem(&place, format!("`{value}` {what}"), "list the variants' names in x-enum-varnames")
}

/// `new` with what is required, and a setter for each of the rest.
fn constructor(bundle: &Bundle, client: &File, name: &str, schema: &Value) -> Result<TokenStream, Problem> {
    let (required, optional): (Vec<_>, Vec<_>) =
        fields::fields(bundle, client, name, schema)?.into_iter().partition(|field| field.required);
    let name = names::type_name(name);

    let arguments = required.iter().map(|field| (&field.ident, field.argument()));
    let arguments = arguments.map(|(ident, argument)| quote!(#ident: #argument));
    let values = required.iter().map(|field| (&field.ident, field.value()));
    let values = values.map(|(ident, value)| quote!(#ident: #value,));
    let unset = optional.iter().map(|field| &field.ident);
    let setters = optional.iter().map(|field| {
        let (ident, description) = (&field.ident, &field.description);
        let (argument, value) = (field.argument(), field.value());
        quote! {
            #[doc = #description]
            #[must_use]
            pub fn #ident(mut self, #ident: #argument) -> Self {
                self.#ident = #value;
                self
            }
        }
    });
    let lint = (required.len() > 7).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    Ok(quote! {
        impl #name {
            /// With what is required; the rest stays unset.
            #lint
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values)* #(#unset: Default::default()),* }
            }
            #(#setters)*
        }
    })
}

/// The schemas that requests are made of, however deep.
pub fn sent(document: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for operation in document::operations(document) {
        collect(document, &operation.request()["schema"], &mut found);
        for parameter in operation.parameters() {
            collect(document, &parameter["schema"], &mut found);
        }
    }
    found
}

fn collect(document: &Value, schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(members) => {
            if let Some(name) = document::reference(schema)
                && found.insert(name.to_owned())
            {
                collect(document, &document["components"]["schemas"][name], found);
            }
            members.values().for_each(|member| collect(document, member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(document, item, found)),
        _ => {}
    }
}
