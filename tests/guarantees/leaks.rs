//! No secret, token, code or whole phone number is ever shown.
//!
//! Every operation is called with a mark in each value that must not be seen, for a success and for each kind of
//! failure. The mark must turn up on the wire, and nowhere in what is returned, logged or traced.

use std::fmt::{Debug, Display};
use std::time::Duration;

use genauth::operations::Operation;
use genauth::{AuthenticationClient, Call, ClientAuthMethod, Error, RetryPolicy};
use serde_json::{Value, json};

use crate::log_capture;
use crate::raw_server::{RawServer, http};

/// What `build/marked.rs` puts where nothing may be seen.
const MARK: &str = "ZQXJ";
const SECRET: &str = "a-ZQXJ-secret";

macro_rules! operations {
    ($($id:ident: $call:expr;)*) => {$(
        #[tokio::test]
        #[allow(deprecated)]
        async fn $id() {
            shows_nothing($call).await;
        }
    )*};
}

macro_rules! addresses {
    ($($id:ident: $address:expr;)*) => {
        #[test]
        fn addresses_show_nothing() {
            let builder = AuthenticationClient::builder().app_id("an-app").app_host("https://host.example");
            let client = builder.build().unwrap();
            $(shown(&$address(&client), stringify!($id));)*
        }
    };
}

macro_rules! schemas {
    ($($ignored:tt)*) => {};
}

include!(concat!(env!("OUT_DIR"), "/marked.rs"));

async fn shows_nothing<O>(call: impl Fn(&AuthenticationClient) -> Call<O>)
where
    O: Operation<Data: Debug>,
{
    log_capture::start(is_leak);
    let (marked, path, method) = marked_operation(O::ID);
    let operation = &marked["paths"][&path][&method];
    let responses = &operation["responses"];
    let content = &responses.get("200").unwrap_or(&responses["2XX"])["content"];
    let answer = &content.get("application/json").unwrap_or(&content["text/plain"])["example"];
    let text = answer.as_str().map_or_else(|| answer.to_string(), ToOwned::to_owned);
    let data = answer.get("data").cloned().unwrap_or(json!([SECRET]));
    let by_oauth = json!({ "error": "invalid_grant", "error_description": "no", "token": SECRET });
    let refusal = json!({ "statusCode": 400, "apiCode": 2004, "message": "no", "data": [data, SECRET] });

    let answered = |body: &str| http("200 OK", "application/json", body.as_bytes());
    let broken = format!("HTTP/1.1 200 OK\r\ncontent-length: 99999\r\n\r\n{text}");
    for (what, bytes) in [
        ("a success", answered(&text)),
        ("a refusal", answered(&refusal.to_string())),
        ("OAuth's refusal", http("400 Bad Request", "application/json", by_oauth.to_string().as_bytes())),
        ("a throttled call", http("429 Too Many Requests", "application/json", refusal.to_string().as_bytes())),
        ("a gateway's page", http("502 Bad Gateway", "text/html", SECRET.as_bytes())),
        ("a redirect", http(&format!("302 Found\r\nlocation: /?token={SECRET}"), "text/html", SECRET.as_bytes())),
        ("another answer", answered(&json!([SECRET]).to_string())),
        ("other data", answered(&json!({ "statusCode": 200, "data": SECRET }).to_string())),
        ("misfits", answered(&spoil(answer).to_string())),
        ("no JSON", answered(SECRET)),
        ("half an answer", broken.into_bytes()),
        ("no answer", Vec::new()),
        ("no HTTP", SECRET.as_bytes().to_vec()),
        ("too much", answered(&SECRET.repeat(100_000))),
    ] {
        let server = RawServer::start(bytes).await;
        check(&call, &server.url(), what, what == "a success").await;
    }
    check(&call, "http://127.0.0.1:1", "no connection", false).await;
    check(&call, &silence(), "silence", false).await;
    log_capture::check();
}

/// Makes the call and looks at everything that there is to see of it.
async fn check<O>(call: impl Fn(&AuthenticationClient) -> Call<O>, host: &str, what: &str, success: bool)
where
    O: Operation<Data: Debug>,
{
    for auth in [ClientAuthMethod::ClientSecretPost, ClientAuthMethod::ClientSecretBasic] {
        let builder = AuthenticationClient::builder()
            .app_id("an-app")
            .app_host(host)
            .app_secret(SECRET)
            .access_token(SECRET)
            .token_endpoint_auth_method(auth)
            .http_client(http_client())
            .max_response_size(1_000_000)
            .timeout(Duration::from_millis(if what == "silence" { 50 } else { 20_000 }))
            .retry_policy(RetryPolicy::max_attempts(2).backoff(Duration::ZERO, Duration::ZERO));
        shown(&builder, what);
        let client = builder.build().unwrap();
        shown(&client, what);
        let call = call(&client).header("x-mine", SECRET);
        shown(&call, what);
        match call.envelope().await {
            Ok(envelope) => shown(&envelope, what),
            Err(error) => {
                assert!(!success, "{}: {error}", O::ID);
                shown_of(&error, what);
            }
        }
    }
}

/// The marked document, and where in it the operation stands.
fn marked_operation(id: &str) -> (Value, String, String) {
    let document: Value = serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/marked.json"))).unwrap();
    let paths = document["paths"].as_object().unwrap().iter();
    let mut operations = paths.flat_map(|(path, methods)| {
        methods.as_object().unwrap().iter().map(move |(method, operation)| (path, method, operation))
    });
    let (path, method, _) = operations.find(|(.., operation)| operation["operationId"] == id).unwrap();
    let (path, method) = (path.clone(), method.clone());
    (document, path, method)
}

/// The answer, with strings where there are none, and none where there are: each time with the mark.
fn spoil(answer: &Value) -> Value {
    match answer {
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                let keep = matches!(name.as_str(), "statusCode" | "message" | "requestId" | "apiCode");
                (name.clone(), if keep { value.clone() } else { spoil(value) })
            });
            members.collect()
        }
        Value::Array(items) => items.iter().map(spoil).collect(),
        Value::String(text) => json!([text, SECRET]),
        _ => json!(SECRET),
    }
}

/// One for all, as it takes a while to read the certificate authorities.
fn http_client() -> reqwest::Client {
    static CLIENT: std::sync::OnceLock<reqwest::Client> = std::sync::OnceLock::new();
    let client = || reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    CLIENT.get_or_init(client).clone()
}

/// An address where connections come about, and nothing is ever said.
fn silence() -> String {
    static LISTENER: std::sync::OnceLock<std::net::TcpListener> = std::sync::OnceLock::new();
    let listener = LISTENER.get_or_init(|| std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap());
    format!("http://{}", listener.local_addr().unwrap())
}

fn is_leak(text: &str) -> bool {
    // As it is, and as it stands in `Basic`: `an-app:` is not a whole number of three letters, so no part of it.
    text.contains(MARK) || text.contains("YW4tYXBwOmEtWlFYSi1zZWNyZXQ")
}

fn shown(value: &impl Debug, what: &str) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(!is_leak(&text), "after {what}: {text}");
    }
}

fn shown_of(error: &Error, what: &str) {
    shown(error, what);
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        printed(error, what);
        shown(&error, what);
        cause = error.source();
    }
}

fn printed(value: impl Display, what: &str) {
    for text in [format!("{value}"), format!("{value:#}")] {
        assert!(!is_leak(&text), "after {what}: {text}");
    }
}

#[tokio::test]
async fn the_mark_is_where_it_belongs() {
    let mut server = RawServer::start(http("200 OK", "text/html", b"")).await;
    let client = server.builder().access_token(SECRET).build().unwrap();
    client.get_wechat_miniprogram_phone(SECRET, "my-wxapp").header("x-mine", SECRET).await.unwrap_err();
    client.generate_link_ext_idp_url("my-lark", "an-app", SECRET).await.unwrap_err();
    let (body, query) = (server.request().await, server.request().await);
    assert!(is_leak(&body.body) && is_leak(body.header("x-mine").unwrap()), "{body:?}");
    assert!(is_leak(&query.line), "a GET has its token in the query: {query:?}");
    assert!(is_leak(include_str!(concat!(env!("OUT_DIR"), "/marked.json"))));
}

#[tokio::test]
async fn http_2_shows_nothing_either() {
    log_capture::start(is_leak);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let host = format!("http://{}", listener.local_addr().unwrap());
    let router = axum::Router::new().fallback(async || json!({ "statusCode": 400, "data": SECRET }).to_string());
    let server = tokio::spawn(axum::serve(listener, router).into_future());
    let http = reqwest::Client::builder().http2_prior_knowledge().build().unwrap();
    let builder = AuthenticationClient::builder().app_id("an-app").app_host(host).access_token(SECRET);
    let client = builder.http_client(http).build().unwrap();
    shown_of(&client.generate_link_ext_idp_url("my-lark", "an-app", SECRET).await.unwrap_err(), "a refusal");
    shown_of(&client.bind_phone("+86188ZQXJ8888", SECRET).await.unwrap_err(), "a refusal");
    shown_of(&client.get_profile().await.unwrap_err(), "a refusal");
    server.abort();
    log_capture::check();
}
