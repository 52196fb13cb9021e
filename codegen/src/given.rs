//! `x-genauth-client-supplied`: a parameter whose value the client gives itself.

use proc_macro2::TokenStream;
use quote::quote;
use serde::Deserialize;
use serde_json::Value;

pub const EXTENSION: &str = "x-genauth-client-supplied";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Given {
    Constant(String),
    From(Source),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Source {
    AppId,
}

/// The value, as an expression that asks `client`.
pub fn expression(extension: &Value, client: &TokenStream) -> Result<TokenStream, serde_json::Error> {
    Ok(match Given::deserialize(extension)? {
        Given::Constant(text) => quote!(#text),
        Given::From(Source::AppId) => quote!(#client.app_id()),
    })
}
