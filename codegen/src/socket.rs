//! `x-genauth-websocket`: an operation that is a line over which events come.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde::Deserialize;
use serde_json::Value;

use crate::document::Operation;
use crate::operations::{Ids, Input, documentation};
use crate::{Bundle, Problem, identifiers, names};

const EXTENSION: &str = "x-genauth-websocket";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Extension {
    /// The short name of its method.
    method: String,
    /// The parameter with the event's code.
    code: String,
}

/// The methods that open the line: by the operation's name, and by a short one.
pub fn methods(bundle: &Bundle, ids: &Ids, operation: &Operation, input: &Input) -> Result<TokenStream, Problem> {
    let problem = |key: &str, what: &str| bundle.problem(&operation.place(key), what, "see openapi/README.md");
    let Extension { method: short, code } =
        Extension::deserialize(&operation.spec[EXTENSION]).map_err(|error| problem(EXTENSION, &error.to_string()))?;
    if !identifiers::is_identifier(&short) {
        return Err(problem(EXTENSION, "its method's name is none in Rust"));
    }
    if !operation.parameters().any(|parameter| parameter["name"] == code) {
        return Err(problem(EXTENSION, &format!("there is no parameter `{code}`")));
    }
    let token =
        token(bundle, operation).ok_or_else(|| problem("security", "no one scheme that goes into the query"))?;
    let host = |brand| host(operation, brand).ok_or_else(|| problem("servers", &format!("no host for {brand}")));
    let (genauth, authing) = (host("genauth")?, host("authing")?);

    let (id, path) = (operation.id(), operation.path);
    let (function, short) = (names::value_name(id), format_ident!("{short}"));
    let parameters = format_ident!("{}Parameters", names::type_name(id));
    let doc = documentation(bundle, ids, operation, input);
    let short_doc = format!("The same as [`{id}`](Self::{id}).\n");
    let declarations = || {
        input.arguments().map(|field| {
            let (ident, argument) = (&field.ident, field.argument());
            quote!(#ident: #argument)
        })
    };
    let arguments = || input.arguments().map(|field| &field.ident);
    let (declared, declared_again, passed, passed_on) = (declarations(), declarations(), arguments(), arguments());
    Ok(quote! {
        #[doc = #doc]
        #[cfg(feature = "events")]
        #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
        pub fn #function(&self, #(#declared),*) -> crate::events::EventStream {
            const SOCKET: crate::events::WebSocketEndpoint = crate::events::WebSocketEndpoint {
                id: #id,
                path: #path,
                token: #token,
                code: #code,
                host: |brand| match brand {
                    crate::Brand::GenAuth => #genauth,
                    crate::Brand::Authing => #authing,
                },
            };
            crate::events::EventStream::new(self, SOCKET, &crate::types::#parameters::new(#(#passed),*))
        }

        #[doc = #short_doc]
        #[cfg(feature = "events")]
        #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
        pub fn #short(&self, #(#declared_again),*) -> crate::events::EventStream {
            self.#function(#(#passed_on),*)
        }
    })
}

/// What to do with the stream that `call` gives.
pub fn example(call: &str) -> String {
    format!(
        "use futures_util::TryStreamExt;\n\nlet mut events = client.{call};\n\
         while let Some(incoming) = events.try_next().await? {{\n    println!(\"{{incoming:?}}\");\n}}\n"
    )
}

/// The member of the query that takes the access token.
fn token<'a>(bundle: &'a Bundle, operation: &Operation) -> Option<&'a str> {
    let mut schemes = operation.spec["security"][0].as_object()?.keys();
    let (scheme, None) = (schemes.next()?, schemes.next()) else { return None };
    let scheme = &bundle.document["components"]["securitySchemes"][scheme];
    (scheme["in"] == "query").then(|| scheme["name"].as_str()).flatten()
}

/// The server that the operation has for a brand.
fn host<'a>(operation: &Operation<'a>, brand: &str) -> Option<&'a str> {
    let servers = operation.spec["servers"].as_array().into_iter().flatten();
    servers.filter(|server| server["x-genauth-brand"] == brand).find_map(|server: &Value| server["url"].as_str())
}
