//! The static table of operations.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use crate::document::{self, Operation};
use crate::{Bundle, Problem, given, operations, types};

pub fn generate(bundle: &Bundle) -> Result<TokenStream, Problem> {
    let document = &bundle.document;
    let mut rows = Vec::new();
    for operation in document::operations(document) {
        rows.push(row(bundle, &operation)?);
    }
    let tags = document["tags"].as_array().into_iter().flatten().map(|tag| {
        let (name, description) = (tag["name"].as_str(), tag["description"].as_str());
        quote!(TagSpec { name: #name, description: #description })
    });
    let sent: BTreeSet<String> = types::sent(document);
    let schemas = sent.iter().map(|name| {
        let json = document["components"]["schemas"][name].to_string();
        quote!((#name, #json))
    });
    Ok(quote! {
        /// Every operation, in the order of the document.
        pub static OPERATIONS: &[OperationSpec] = &[#(#rows),*];
        /// Every tag, in the order of the document.
        pub static TAGS: &[TagSpec] = &[#(#tags),*];
        /// The named schemas that requests are made of, in the order of their names, each in JSON.
        pub static SCHEMAS: &[(&str, &str)] = &[#(#schemas),*];
    })
}

fn row(bundle: &Bundle, operation: &Operation) -> Result<TokenStream, Problem> {
    let document = &bundle.document;
    let (id, path, method) = (operation.id(), operation.path, operation.method.to_uppercase());
    let tag = operation.spec["tags"][0].as_str();
    let (summary, description) =
        (operation.spec["summary"].as_str(), operation.spec["description"].as_str().map(str::trim_end));
    let deprecated = operation.spec["deprecated"] == true;
    let kind = format_ident!(
        "{}",
        if operation.is_address() {
            "UrlOnly"
        } else if operation.is_socket() {
            "WebSocket"
        } else {
            "Call"
        }
    );
    let security = operations::security(bundle, operation).map(crate::names::type_name);
    let parameters = operation.parameters().map(|parameter| {
        let name = parameter["name"].as_str();
        let location = crate::names::type_name(parameter["in"].as_str().unwrap_or_default());
        let (required, supplied) = (parameter["required"] == true, parameter.get(given::EXTENSION).is_some());
        let description = parameter["description"].as_str();
        let value = value(document, &parameter["schema"]);
        let schema = parameter["schema"].to_string();
        let example = option(parameter.get("example").map(ToString::to_string));
        quote!(ParameterSpec {
            name: #name, location: ParameterLocation::#location, required: #required, client_supplied: #supplied,
            description: #description, value: #value, schema: #schema, example: #example,
        })
    });
    let content = operation.spec["requestBody"]["content"].as_object().and_then(|content| content.iter().next());
    let body = option(content.map(|(media, content)| {
        let schema = document::reference(&content["schema"]);
        let fields = fields(document, &content["schema"]);
        let example = content["example"].to_string();
        quote!(BodySpec { media_type: #media, schema: #schema, fields: &[#(#fields),*], example: #example })
    }));
    let response = response(bundle, operation)?;
    let refusal = &operation.spec["responses"]["4XX"];
    let refusal = refusal["$ref"].as_str().and_then(|place| document.pointer(&place[1..])).unwrap_or(refusal);
    let oauth = refusal["content"]["application/json"]["schema"]["$ref"] == "#/components/schemas/OauthErrorDto";
    let error_format = format_ident!(
        "{}",
        if operation.is_address() {
            "Page"
        } else if oauth {
            "OAuth"
        } else {
            "Envelope"
        }
    );
    let handler = option(operation.spec["x-genauth-sandbox"].as_str());
    Ok(quote!(OperationSpec {
        id: #id, tag: #tag, method: #method, path: #path, summary: #summary, description: #description,
        deprecated: #deprecated, kind: OperationKind::#kind, security: &[#(SecurityScheme::#security),*],
        parameters: &[#(#parameters),*], body: #body, response: #response, error_format: ErrorFormat::#error_format,
        sandbox_handler: #handler,
    }))
}

fn response(bundle: &Bundle, operation: &Operation) -> Result<TokenStream, Problem> {
    let document = &bundle.document;
    let responses = &operation.spec["responses"];
    let success = responses.get("200").unwrap_or(&responses["2XX"]);
    let content = success["content"].as_object().and_then(|content| content.iter().next());
    let media = option(content.map(|(media, _)| media));
    let shape = match operation.is_socket() || operation.is_address() {
        true => quote!(Empty),
        false => operations::answer(bundle, operation)?.0,
    };
    let schema = content.map(|(_, content)| resolve(document, &content["schema"]));
    let data = schema.and_then(|schema| match types::enveloped(schema) {
        Some(parts) => types::data_schema(parts),
        None => Some(schema),
    });
    let fields = data.map(|data| fields(document, data)).unwrap_or_default();
    let example = option(content.and_then(|(_, content)| content.get("example")).map(ToString::to_string));
    let shape: TokenStream =
        shape.to_string().replace("crate :: client :: operation :: ", "").parse().expect("a shape");
    Ok(
        quote!(ResponseSpec { media_type: #media, shape: ResponseShape::#shape, fields: &[#(#fields),*], example: #example }),
    )
}

fn fields(document: &Value, schema: &Value) -> Vec<TokenStream> {
    members(document, schema)
        .into_iter()
        .map(|(name, property, required)| {
            let description = property["description"]
                .as_str()
                .or_else(|| resolve(document, property)["description"].as_str())
                .unwrap_or_default();
            let value = value(document, property);
            quote!(FieldSpec { name: #name, description: #description, required: #required, value: #value })
        })
        .collect()
}

fn members<'a>(document: &'a Value, schema: &'a Value) -> Vec<(&'a str, &'a Value, bool)> {
    let schema = resolve(document, schema);
    let required: Vec<_> = schema["required"].as_array().into_iter().flatten().collect();
    let own = schema["properties"].as_object().into_iter().flatten();
    let mut all: Vec<_> =
        own.map(|(name, property)| (name.as_str(), property, required.iter().any(|other| *other == name))).collect();
    for part in schema["allOf"].as_array().into_iter().flatten().chain(schema.get("items")) {
        for member in members(document, part) {
            if !all.iter().any(|other| other.0 == member.0) {
                all.push(member);
            }
        }
    }
    all
}

fn value(document: &Value, schema: &Value) -> TokenStream {
    let schema = resolve(document, schema);
    if let Some(values) = schema["enum"].as_array() {
        let values = values.iter().filter_map(Value::as_str);
        return quote!(ValueKind::Enum(&[#(#values),*]));
    }
    match schema["type"].as_str() {
        Some("string") if schema["format"] == "password" => quote!(ValueKind::Secret),
        Some("string") => quote!(ValueKind::String),
        Some("boolean") => quote!(ValueKind::Boolean),
        Some("integer") => quote!(ValueKind::Integer),
        Some("number") => quote!(ValueKind::Number),
        Some("array") => {
            let item = resolve(document, &schema["items"]);
            let is_text = item.get("enum").is_some() || item["type"] == "string" && item["format"] != "password";
            if is_text { quote!(ValueKind::StringList) } else { quote!(ValueKind::Json) }
        }
        _ => quote!(ValueKind::Json),
    }
}

fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match document::reference(schema) {
        Some(name) => resolve(document, &document["components"]["schemas"][name]),
        None => schema,
    }
}

fn option<T: quote::ToTokens>(value: Option<T>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}
