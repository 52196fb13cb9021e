//! Requests signed with the secret of an access key, by HMAC-SHA1.

use std::collections::BTreeMap;
use std::time::SystemTime;

use aws_lc_rs::hmac;
use base64::prelude::{BASE64_STANDARD, Engine};
use percent_encoding::percent_decode_str;
use reqwest::header::{AUTHORIZATION, DATE, HeaderMap};
use reqwest::{Body, Method, Request};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use crate::client::headers::{insert, vendor_header};
use crate::error::ConfigError;
use crate::{Brand, Result, Secret};

const METHOD: &str = "HMAC-SHA1";
const VERSION: &str = "1.0";

/// Adds the headers of a signature, by the access key with this ID and secret.
pub fn sign(request: &mut Request, brand: Brand, (id, secret): (&str, &Secret)) -> Result<()> {
    let mut nonce = [0; 16];
    getrandom::fill(&mut nonce)
        .map_err(|error| ConfigError::new("the operating system provides no random numbers", error.to_string()))?;
    let nonce = format!("{:032x}", u128::from_be_bytes(nonce));
    let headers = request.headers_mut();
    insert(headers, DATE.as_str(), &httpdate::fmt_http_date(SystemTime::now()))?;
    insert(headers, &vendor_header(brand, "signature-method"), METHOD)?;
    insert(headers, &vendor_header(brand, "signature-version"), VERSION)?;
    insert(headers, &vendor_header(brand, "signature-nonce"), &nonce)?;
    let body = request.body().and_then(Body::as_bytes).unwrap_or_default();
    let text =
        string_to_sign(request.method(), request.headers(), brand, request.url().path(), request.url().query(), body);
    let authorization = authorization(brand, id, secret, &text);
    insert(request.headers_mut(), AUTHORIZATION.as_str(), &authorization)?;
    Ok(())
}

/// The header `Authorization` of a WebSocket's handshake.
#[cfg(feature = "events")]
pub fn handshake_authorization(brand: Brand, (id, secret): (&str, &Secret)) -> Zeroizing<String> {
    authorization(brand, id, secret, "websocket\n")
}

fn authorization(brand: Brand, id: &str, secret: &Secret, text: &str) -> Zeroizing<String> {
    let scheme = match brand {
        Brand::GenAuth => "GenAuth",
        Brand::Authing => "authing",
    };
    Zeroizing::new(format!("{scheme} {id}:{}", signature(secret, text)))
}

/// The signature of a text.
pub fn signature(secret: &Secret, text: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret.expose_secret().as_bytes());
    BASE64_STANDARD.encode(hmac::sign(&key, text.as_bytes()))
}

/// What is signed: the method, the headers `date` and those of the service, the path and the parameters.
pub fn string_to_sign(
    method: &Method,
    headers: &HeaderMap,
    brand: Brand,
    path: &str,
    query: Option<&str>,
    body: &[u8],
) -> String {
    let prefix = vendor_header(brand, "");
    let signed = headers.iter().filter(|(name, _)| *name == DATE || name.as_str().starts_with(&prefix));
    let signed: BTreeMap<_, _> =
        signed.map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes()))).collect();
    let mut text = format!("{method}\n");
    for (name, value) in signed {
        text += &format!("{name}:{}\n", value.replace(['\t', '\r', '\n'], " "));
    }
    text += &percent_decode_str(path).decode_utf8_lossy();
    let parameters = if *method == Method::GET { query_parameters(query.unwrap_or_default()) } else { members(body) };
    for (position, (name, value)) in parameters.iter().enumerate() {
        text += &format!("{}{name}={value}", if position == 0 { '?' } else { '&' });
    }
    text
}

/// The parameters of a query. One with several values is a list, and so is one whose name ends with `[]`.
fn query_parameters(query: &str) -> BTreeMap<String, String> {
    let mut parameters = BTreeMap::<String, (bool, Vec<String>)>::new();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        let list = name.strip_suffix("[]");
        let parameter = parameters.entry(list.unwrap_or(&name).to_owned()).or_default();
        parameter.0 |= list.is_some();
        parameter.1.push(value.into_owned());
    }
    let text = |(is_list, mut values): (bool, Vec<String>)| match (is_list, values.len()) {
        (false, 1) => values.remove(0),
        _ => serde_json::to_string(&values).unwrap_or_default(),
    };
    parameters.into_iter().map(|(name, values)| (name, text(values))).collect()
}

/// The members of a JSON object that are not `null`: strings as they are, anything else as JSON.
fn members(body: &[u8]) -> BTreeMap<String, String> {
    let members: BTreeMap<String, &RawValue> = serde_json::from_slice(body).unwrap_or_default();
    let members = members.into_iter().filter(|(_, value)| value.get() != "null");
    let text = |value: &RawValue| serde_json::from_str(value.get()).unwrap_or_else(|_| value.get().to_owned());
    members.map(|(name, value)| (name, text(value))).collect()
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    #[test]
    fn signature_is_that_of_the_node_sdk() {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("date", "Wed, 25 Nov 2026 22:27:59 GMT"),
            ("x-authing-signature-version", "1.0"),
            ("x-authing-signature-nonce", "ed10ea080d9b49504f9bd606bf8d8282"),
            ("x-authing-signature-method", "HMAC-SHA1"),
            ("x-authing-sdk-version", "authing-node-sdk:4.0.1"),
            ("x-authing-lang", "en-US"),
            ("x-authing-app-id", "ten-1"),
            ("content-type", "application/json"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        let body = r#"{"name":"Dev 开","description":null,"customData":{"a":1},"code":"developers"}"#;
        let text =
            string_to_sign(&Method::POST, &headers, Brand::Authing, "/api/v3/create-group", None, body.as_bytes());
        assert!(text.ends_with("/api/v3/create-group?code=developers&customData={\"a\":1}&name=Dev 开"), "{text}");
        assert_eq!(signature(&"sec-1".into(), &text), "e4IgnWzaTIHFjDQXUH6eLQQJiQw=");
    }

    #[test]
    fn query_is_signed_decoded_and_sorted() {
        let text = |query| {
            let headers = HeaderMap::new();
            string_to_sign(&Method::GET, &headers, Brand::GenAuth, "/api/v3/get-user-batch", Some(query), b"")
        };
        let cases = [
            ("userIds=b&userIds=a&limit=1", "limit=1&userIds=[\"b\",\"a\"]"),
            ("userIds%5B%5D=a", "userIds=[\"a\"]"),
            ("userIds=a%20b", "userIds=a b"),
        ];
        for (query, expected) in cases {
            assert_eq!(text(query), format!("GET\n/api/v3/get-user-batch?{expected}"));
        }
        assert_eq!(text(""), "GET\n/api/v3/get-user-batch");
    }
}
