//! The methods that users call: one for each operation, with its setters, its documentation, and what
//! the crate must know to send it and to read its answer.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use serde::Deserialize;
use serde_json::Value;
use syn::File;

use crate::document::{self, Operation};
use crate::fields::{Field, fields};
use crate::role_method::role_method;
use crate::{Bundle, Problem, example, names, paged, parameters, roles, shortcuts, socket, types};

pub fn generate(bundle: &Bundle, client: &File) -> Result<TokenStream, Problem> {
    let (mut code, mut methods) = (TokenStream::new(), TokenStream::new());
    let ids: Ids = document::operations(&bundle.document).map(|operation| operation.id()).collect();
    for operation in document::operations(&bundle.document) {
        let input = Input::of(bundle, client, &operation)?;
        if operation.is_socket() {
            methods.extend(socket::methods(bundle, &ids, &operation, &input)?);
            continue;
        }
        if operation.is_address() {
            code.extend(address(&operation, &input));
        } else {
            code.extend(implementation(bundle, &operation, &input)?);
        }
        code.extend(setters(&operation, &input));
        code.extend(paged::implementation(bundle, client, &operation)?);
        methods.extend(method(bundle, &ids, &operation, &input));
        methods.extend(shortcuts::methods(bundle, client, &operation)?);
    }
    Ok(quote! {
        #code
        impl crate::AuthenticationClient { #methods }
    })
}

/// The operationIds that documentation may refer to.
pub type Ids<'a> = BTreeSet<&'a str>;

/// What an operation takes: its parameters and its body, each a struct of its own.
pub struct Input {
    parameters: Option<Part>,
    body: Option<Part>,
}

struct Part {
    holder: TokenStream,
    ty: TokenStream,
    fields: Vec<Field>,
}

impl Input {
    fn of(bundle: &Bundle, client: &File, operation: &Operation) -> Result<Self, Problem> {
        let part = |holder, name: &str, schema: &Value| {
            let ty = names::type_name(name);
            Ok(Part { holder, ty: quote!(crate::types::#ty), fields: fields(bundle, client, name, schema)? })
        };
        let parameters = parameters::parameters_schema(operation);
        let body = document::reference(&operation.request()["schema"]);
        Ok(Self {
            parameters: parameters.map(|(name, schema)| part(quote!(parameters), &name, &schema)).transpose()?,
            body: body
                .map(|name| part(quote!(body), name, &bundle.document["components"]["schemas"][name]))
                .transpose()?,
        })
    }

    fn parts(&self) -> impl Iterator<Item = &Part> {
        self.parameters.iter().chain(&self.body)
    }

    pub fn arguments(&self) -> impl Iterator<Item = &Field> {
        self.parts().flat_map(|part| &part.fields).filter(|field| field.is_argument())
    }
}

/// The operation as a type: what it sends, and how its answer is read.
fn implementation(bundle: &Bundle, operation: &Operation, input: &Input) -> Result<TokenStream, Problem> {
    let name = names::type_name(operation.id());
    let function = names::value_name(operation.id());
    let id = operation.id();
    let doc = format!("The request of [`AuthenticationClient::{id}`](crate::AuthenticationClient::{id}).");

    let members = input.parts().map(|Part { holder, ty, .. }| quote!(pub(crate) #holder: #ty,));
    let arguments = arguments(operation, input);
    let credentials = credentials(bundle, operation);
    let client_credentials = client_credentials(bundle, operation);
    let path_parameters = path_parameters(operation);
    let (shape, data) = answer(bundle, operation)?;
    let (method, path) = (operation.method.to_uppercase(), operation.path);
    let idempotent = operation.method == "get" || operation.spec["x-genauth-idempotent"] == true;
    Ok(quote! {
        #[doc = #doc]
        #[derive(Clone, Debug)]
        pub struct #name { #(#members)* }

        impl crate::client::operation::Operation for #name {
            type Data = #data;
            const ID: &'static str = #id;
            const SECURITY: &'static [crate::client::operation::SecurityScheme] = &[#(#credentials),*];
            const RESPONSE: crate::client::operation::ResponseShape = crate::client::operation::ResponseShape::#shape;
            const ENDPOINT: crate::client::operation::Endpoint =
                crate::client::operation::Endpoint { method: #method, path: #path, idempotent: #idempotent };

            #client_credentials
            #path_parameters

            #[inline]
            fn request(
                &self,
                requests: &crate::generated::Client,
                url: ::reqwest::Url,
            ) -> crate::Result<::reqwest::Request> {
                requests.#function(url, #(#arguments),*).map_err(crate::client::request::build_error)
            }
        }
    })
}

/// The address as a type: what goes into its path and its query.
fn address(operation: &Operation, input: &Input) -> TokenStream {
    let name = names::type_name(operation.id());
    let (id, path) = (operation.id(), operation.path);
    let doc = format!("The address of [`AuthenticationClient::{id}`](crate::AuthenticationClient::{id}).");
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

/// Whether its method takes the access token as an argument.
pub fn takes_token(operation: &Operation) -> bool {
    operation.spec["x-genauth-access-token-argument"] == true
}

/// The type that wraps the operation: what is sent is a call, what a browser opens an address.
fn wrapper(operation: &Operation) -> TokenStream {
    if operation.is_address() { quote!(crate::UrlBuilder) } else { quote!(crate::Call) }
}

/// What progenitor's method takes: path parameters in the order of the path, then the others by name,
/// then the body.
fn arguments(operation: &Operation, input: &Input) -> Vec<TokenStream> {
    let mut parameters: Vec<&Value> = operation.parameters().collect();
    parameters.sort_by_key(|parameter| {
        let name = parameter["name"].as_str().unwrap_or_default();
        let in_path = (parameter["in"] == "path").then(|| operation.path.find(&format!("{{{name}}}")));
        (in_path.is_none(), in_path, parameter["in"] == "header", name)
    });
    let fields = input.parameters.iter().flat_map(|part| &part.fields);
    let fields: Vec<&Field> = fields.collect();
    let mut arguments: Vec<TokenStream> = parameters
        .iter()
        .filter_map(|parameter| {
            let ident = names::value_name(parameter["name"].as_str()?);
            let field = fields.iter().find(|field| field.ident == ident)?;
            Some(field.passed(&quote!(self.parameters)))
        })
        .collect();
    arguments.extend(input.body.iter().map(|_| quote!(&self.body)));
    arguments
}

/// The credentials that the operation sends.
fn credentials(bundle: &Bundle, operation: &Operation) -> Vec<TokenStream> {
    let schemes = security(bundle, operation).map(names::type_name);
    schemes.map(|scheme| quote!(crate::client::operation::SecurityScheme::#scheme)).collect()
}

/// The security schemes that an operation uses: its own, or everybody's.
pub fn security<'a>(bundle: &'a Bundle, operation: &Operation<'a>) -> impl Iterator<Item = &'a str> {
    let security = operation.spec.get("security").unwrap_or(&bundle.document["security"]);
    security[0].as_object().into_iter().flatten().map(|(scheme, _)| scheme.as_str())
}

/// The values that become segments of the path.
fn path_parameters(operation: &Operation) -> Option<TokenStream> {
    let parameters = operation.parameters().filter(|parameter| parameter["in"] == "path");
    let names: Vec<&str> = parameters.filter_map(|parameter| parameter["name"].as_str()).collect();
    let values = names.iter().map(|name| names::value_name(name));
    (!names.is_empty()).then(|| {
        quote! {
            fn path_parameters(&self) -> Vec<(&'static str, String)> {
                vec![#((#names, self.parameters.#values.to_string())),*]
            }
        }
    })
}

/// Where the body takes the application's credentials, if a security scheme of the operation says so with
/// `x-genauth-client-credentials`.
fn client_credentials(bundle: &Bundle, operation: &Operation) -> Option<TokenStream> {
    let schemes = &bundle.document["components"]["securitySchemes"];
    let members = security(bundle, operation).find_map(|scheme| schemes[scheme].get("x-genauth-client-credentials"))?;
    let (id, secret) = (names::value_name(members["id"].as_str()?), names::value_name(members["secret"].as_str()?));
    Some(quote! {
        fn client_credentials(&mut self) -> Option<crate::client::operation::ClientCredentials<'_>> {
            Some(crate::client::operation::ClientCredentials { id: &mut self.body.#id, secret: &mut self.body.#secret })
        }
    })
}

/// `x-genauth-upstream-response`: where another service's answer stands inside the data.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UpstreamResponse {
    payload: String,
    code: String,
    message: String,
    success: i64,
    throttled: Vec<i64>,
    transient: Vec<i64>,
}

/// How the answer is to be read, and the type of its data.
pub fn answer(bundle: &Bundle, operation: &Operation) -> Result<(TokenStream, TokenStream), Problem> {
    if operation.answers_nothing() {
        return Ok((quote!(Empty), quote!(())));
    }
    if operation.answers_text() {
        return Ok((quote!(Text), types::data(&operation.answer()["schema"])));
    }
    let name = document::reference(&operation.answer()["schema"]).unwrap_or_default();
    let Some(parts) = types::enveloped(&bundle.document["components"]["schemas"][name]) else {
        let name = names::type_name(name);
        return Ok((quote!(Bare), quote!(crate::types::#name)));
    };
    let shape = match operation.spec.get("x-genauth-upstream-response") {
        _ if types::data_schema(parts).is_none() => quote!(NoData),
        None => quote!(Enveloped),
        Some(extension) => {
            let UpstreamResponse { payload, code, message, success, throttled, transient } =
                UpstreamResponse::deserialize(extension).map_err(|error| {
                    let place = operation.place("x-genauth-upstream-response");
                    bundle.problem(&place, error, "see openapi/README.md")
                })?;
            quote!(UpstreamResponse(crate::client::operation::UpstreamResponse {
                payload: #payload, code: #code, message: #message, success: #success,
                throttled: &[#(#throttled),*], transient: &[#(#transient),*],
            }))
        }
    };
    Ok((shape, types::yielded(parts)))
}

/// The optional properties, as setters on the call.
fn setters(operation: &Operation, input: &Input) -> TokenStream {
    let name = names::type_name(operation.id());
    let setters = input.parts().flat_map(|part| {
        part.fields.iter().filter(|field| !field.required).map(|field| {
            let (ident, holder, description) = (&field.ident, &part.holder, &field.description);
            let (argument, value) = (field.argument(), field.value());
            quote! {
                #[doc = #description]
                pub fn #ident(mut self, #ident: #argument) -> Self {
                    self.operation.#holder.#ident = #value;
                    self
                }
            }
        })
    });
    let setters: Vec<_> = setters.collect();
    if setters.is_empty() {
        return TokenStream::new();
    }
    let wrapper = wrapper(operation);
    quote! {
        impl #wrapper<#name> { #(#setters)* }
    }
}

fn method(bundle: &Bundle, ids: &Ids, operation: &Operation, input: &Input) -> TokenStream {
    let name = names::type_name(operation.id());
    let function = names::value_name(operation.id());
    let doc = documentation(bundle, ids, operation, input);
    let wrapper = wrapper(operation);
    let arguments: Vec<_> = input.arguments().map(|field| (&field.ident, field.argument())).collect();
    let declarations = arguments.iter().map(|(ident, ty)| quote!(#ident: #ty));
    let output = quote!(#wrapper<#name>);
    let in_role = role_method(operation.spec[roles::EXTENSION].as_str(), &function, &arguments, &output);
    let parts = input.parts().map(|Part { holder, ty, fields }| {
        let required = fields.iter().filter(|field| field.required);
        let required = required.map(|Field { ident, given, .. }| given.clone().unwrap_or_else(|| quote!(#ident)));
        quote!(#holder: #ty::new(#(#required),*),)
    });
    let (token, set_token) = match takes_token(operation) {
        true => (quote!(access_token: impl Into<crate::Secret>,), quote!(.access_token(access_token))),
        false => (TokenStream::new(), TokenStream::new()),
    };
    let aliases = operation.spec["x-genauth-aliases"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let deprecated = (operation.spec["deprecated"] == true).then(|| quote!(#[deprecated]));
    let lint = (input.arguments().count() > 6).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    quote! {
        #[doc = #doc]
        #(#[doc(alias = #aliases)])*
        #deprecated
        #lint
        pub fn #function(&self, #token #(#declarations),*) -> #output {
            #wrapper::new(self, #name { #(#parts)* }) #set_token
        }
        #in_role
    }
}

pub fn documentation(bundle: &Bundle, ids: &Ids, operation: &Operation, input: &Input) -> String {
    let text = |key: &str| operation.spec[key].as_str().unwrap_or_default().trim_end().to_owned();
    let description = with_links(ids, &text("description"));
    let mut doc = format!("{}.\n\n{description}\n", text("summary").trim_end_matches('.'));
    let token = takes_token(operation).then_some(("access_token".to_owned(), "Access token of the user"));
    let arguments = input.arguments().map(|field| (field.ident.to_string(), field.description.as_str()));
    for (position, (name, description)) in token.into_iter().chain(arguments).enumerate() {
        let lead = if position == 0 { "\n# Arguments\n\n" } else { "" };
        doc += &format!("{lead}- `{name}`: {description}\n");
    }
    doc += "\n# Example\n\n```no_run\n# async fn example() -> genauth::Result<()> {\n";
    doc += "# let client = genauth::AuthenticationClient::from_env()?;\n";
    if operation.spec["deprecated"] == true {
        doc += "# #[allow(deprecated)]\n";
    }
    let call = example::call(bundle, operation);
    doc += &match () {
        () if operation.is_address() => format!("let address = client.{call}.to_url()?;\n"),
        () if operation.is_socket() => socket::example(&call),
        () => format!("let data = client.{call}.await?;\n"),
    };
    doc += "# Ok(())\n# }\n```\n\n# API\n\n";
    doc + &format!("`{} {}`\n", operation.method.to_uppercase(), operation.path)
}

/// `text` with the names of operations in it as links to their methods.
fn with_links(ids: &Ids, text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(place, part)| match place % 2 {
        0 => part.to_owned(),
        _ if ids.contains(part) => format!("[`{part}`](Self::{part})"),
        _ => format!("`{part}`"),
    });
    parts.collect()
}
