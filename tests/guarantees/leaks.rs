//! No secret, token, one-time code or full phone number is ever shown.
//!
//! Every operation is called with a canary in each value that is secret, for a success and for each kind of failure. The
//! canary must occur on the wire, and nowhere in what is returned, logged or traced.

use std::fmt::{Debug, Display};
use std::net::TcpListener;
use std::pin::Pin;
use std::sync::LazyLock;
use std::time::Duration;

use futures_util::future::join_all;
use genauth::{AuthenticationClient, Call, Error, Operation, Result};
use serde_json::{Value, json};

use crate::log_capture;
use crate::raw_server::{RawServer, http};

/// What codegen puts into every secret value of the examples.
const CANARY: &str = "ZQXJ";
const SECRET: &str = "a-ZQXJ-secret";

/// A client of an API.
trait Client: Debug + Sized {
    /// The API's document with canaries in its examples.
    fn document() -> &'static Value;
    /// Clients of a server, one for each way to authenticate, and what their builders show.
    fn connect(host: &str, timeout: Duration) -> Vec<(Self, String)>;
}

/// A call of an operation, without its type: a test for each type would take minutes to compile.
struct Case<C> {
    id: &'static str,
    call: Box<dyn Fn(&C) -> Shown>,
}

/// What the call shows, and its outcome.
type Shown = (String, Outcome);

/// What the response shows.
type Outcome = Pin<Box<dyn Future<Output = Result<String>>>>;

fn case<C, O>(call: impl Fn(&C) -> Call<O> + 'static) -> Case<C>
where
    O: Operation<Data: Debug>,
{
    let call = Box::new(move |client: &C| {
        let call = call(client).header("x-mine", SECRET);
        let shown = format!("{call:?} {call:#?}");
        let outcome: Outcome =
            Box::pin(async { call.envelope().await.map(|envelope| format!("{envelope:?} {envelope:#?}")) });
        (shown, outcome)
    });
    Case { id: O::ID, call }
}

macro_rules! operations {
    ($($id:ident: $call:expr;)*) => {$(
        #[tokio::test]
        #[allow(deprecated)]
        async fn $id() {
            super::shows_no_secret(super::case($call)).await;
        }
    )*};
}

macro_rules! schemas {
    ($($ignored:tt)*) => {};
}

mod authentication {
    use std::sync::LazyLock;
    use std::time::Duration;

    use genauth::{AuthenticationClient, ClientAuthMethod, RetryPolicy};
    use serde_json::Value;

    use super::{Client, SECRET, assert_hidden, http_client};

    macro_rules! url_operations {
        ($($id:ident: $url:expr;)*) => {
            #[test]
            fn url_operations_show_no_secret() {
                let builder = AuthenticationClient::builder().app_id("an-app").app_host("https://host.example");
                let client = builder.build().unwrap();
                $(assert_hidden(&$url(&client), stringify!($id));)*
            }
        };
    }

    include!(concat!(env!("OUT_DIR"), "/authentication/canary.rs"));

    static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
        serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/authentication/canary.json"))).unwrap()
    });

    impl Client for AuthenticationClient {
        fn document() -> &'static Value {
            &DOCUMENT
        }

        fn connect(host: &str, timeout: Duration) -> Vec<(Self, String)> {
            let methods = [ClientAuthMethod::ClientSecretPost, ClientAuthMethod::ClientSecretBasic];
            let clients = methods.map(|method| {
                let builder = Self::builder()
                    .app_id("an-app")
                    .app_host(host)
                    .app_secret(SECRET)
                    .access_token(SECRET)
                    .token_endpoint_auth_method(method)
                    .http_client(http_client())
                    .max_response_size(100_000)
                    .timeout(timeout)
                    .retry_policy(RetryPolicy::max_attempts(2).backoff(Duration::ZERO, Duration::ZERO));
                let shown = format!("{builder:?} {builder:#?}");
                (builder.build().unwrap(), shown)
            });
            clients.into()
        }
    }
}

#[cfg(feature = "management")]
mod management {
    use std::sync::LazyLock;
    use std::time::Duration;

    use genauth::management::AccessKeyAuthMethod;
    use genauth::{ManagementClient, RetryPolicy};
    use serde_json::Value;

    use super::{Client, SECRET, http_client};

    macro_rules! url_operations {
        () => {};
    }

    include!(concat!(env!("OUT_DIR"), "/management/canary.rs"));

    static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
        serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/management/canary.json"))).unwrap()
    });

    impl Client for ManagementClient {
        fn document() -> &'static Value {
            &DOCUMENT
        }

        fn connect(host: &str, timeout: Duration) -> Vec<(Self, String)> {
            let builder = Self::builder()
                .access_key_id("a-key")
                .access_key_secret(SECRET)
                .access_key_auth_method(AccessKeyAuthMethod::Signature)
                .host(host)
                .http_client(http_client())
                .max_response_size(100_000)
                .timeout(timeout)
                .retry_policy(RetryPolicy::max_attempts(2).backoff(Duration::ZERO, Duration::ZERO));
            let shown = format!("{builder:?} {builder:#?}");
            vec![(builder.build().unwrap(), shown)]
        }
    }
}

async fn shows_no_secret<C: Client>(case: Case<C>) {
    log_capture::start(is_leak);
    let operation = canary_operation(C::document(), case.id);
    let responses = &operation["responses"];
    let content = &responses.get("200").unwrap_or(&responses["2XX"])["content"];
    let response = &content.get("application/json").unwrap_or(&content["text/plain"])["example"];
    let text = response.as_str().map_or_else(|| response.to_string(), ToOwned::to_owned);
    let data = response.get("data").cloned().unwrap_or(json!([SECRET]));
    let oauth_error = json!({ "error": "invalid_grant", "error_description": "no", "token": SECRET });
    let api_error = json!({ "statusCode": 400, "apiCode": 2004, "message": "no", "data": [data, SECRET] });

    let ok = |body: &str| http("200 OK", "application/json", body.as_bytes());
    let truncated = format!("HTTP/1.1 200 OK\r\ncontent-length: 99999\r\n\r\n{text}");
    let responses = [
        ("a success", ok(&text)),
        ("an API error", ok(&api_error.to_string())),
        ("an OAuth error", http("400 Bad Request", "application/json", oauth_error.to_string().as_bytes())),
        ("a throttled call", http("429 Too Many Requests", "application/json", api_error.to_string().as_bytes())),
        ("a gateway's error page", http("502 Bad Gateway", "text/html", SECRET.as_bytes())),
        ("a redirect", http(&format!("302 Found\r\nlocation: /?token={SECRET}"), "text/html", SECRET.as_bytes())),
        ("JSON without envelope", ok(&json!([SECRET]).to_string())),
        ("other data", ok(&json!({ "statusCode": 200, "data": SECRET }).to_string())),
        ("type mismatches", ok(&mismatched(response).to_string())),
        ("not JSON", ok(SECRET)),
        ("a truncated body", truncated.into_bytes()),
        ("no response", Vec::new()),
        ("not HTTP", SECRET.as_bytes().to_vec()),
        ("a body over the limit", ok(&SECRET.repeat(10_000))),
    ];
    let (case, silent_server) = (&case, silent_server());
    let responded = responses.map(async |(what, bytes)| {
        let server = RawServer::start(bytes).await;
        check(case, &server.url(), what).await;
    });
    tokio::join!(
        join_all(responded),
        check(case, "http://127.0.0.1:1", "no connection"),
        check(case, &silent_server, "a silent server"),
    );
    log_capture::check();
}

/// Makes the call, and checks everything that can be printed.
async fn check<C: Client>(case: &Case<C>, host: &str, what: &str) {
    let timeout = Duration::from_millis(if what == "a silent server" { 50 } else { 20_000 });
    for (client, builder) in C::connect(host, timeout) {
        assert_text_hidden(&builder, what);
        assert_hidden(&client, what);
        let (call, outcome) = (case.call)(&client);
        assert_text_hidden(&call, what);
        match outcome.await {
            // They are read leniently, and the canary is where no secret is: in all members, or in place of a list.
            Ok(_) if matches!(what, "type mismatches" | "other data") => {}
            Ok(envelope) => assert_text_hidden(&envelope, what),
            Err(error) => {
                assert!(what != "a success", "{}: {error}", case.id);
                assert_error_hidden(&error, what);
            }
        }
    }
}

/// The operation, with canaries in its examples.
fn canary_operation(document: &'static Value, id: &str) -> &'static Value {
    let paths = document["paths"].as_object().unwrap().values();
    let mut operations = paths.flat_map(|methods| methods.as_object().unwrap().values());
    operations.find(|operation| operation["operationId"] == id).unwrap()
}

/// The response with values of other types, each with the canary.
fn mismatched(response: &Value) -> Value {
    match response {
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                let keep = matches!(name.as_str(), "statusCode" | "message" | "requestId" | "apiCode");
                (name.clone(), if keep { value.clone() } else { mismatched(value) })
            });
            members.collect()
        }
        Value::Array(items) => items.iter().map(mismatched).collect(),
        Value::String(text) => json!([text, SECRET]),
        _ => json!(SECRET),
    }
}

/// One client for all, as loading the certificate authorities is slow.
fn http_client() -> reqwest::Client {
    static CLIENT: LazyLock<reqwest::Client> =
        LazyLock::new(|| reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap());
    CLIENT.clone()
}

/// The URL of a server that accepts connections, and never responds.
fn silent_server() -> String {
    static LISTENER: LazyLock<TcpListener> = LazyLock::new(|| TcpListener::bind(("127.0.0.1", 0)).unwrap());
    format!("http://{}", LISTENER.local_addr().unwrap())
}

fn is_leak(text: &str) -> bool {
    // As it is, and in base64 after `an-app:`.
    text.contains(CANARY) || text.contains("YW4tYXBwOmEtWlFYSi1zZWNyZXQ")
}

fn assert_hidden(value: &impl Debug, what: &str) {
    assert_text_hidden(&format!("{value:?} {value:#?}"), what);
}

fn assert_text_hidden(text: &str, what: &str) {
    assert!(!is_leak(text), "after {what}: {text}");
}

fn assert_error_hidden(error: &Error, what: &str) {
    assert_hidden(error, what);
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        assert_display_hidden(error, what);
        assert_hidden(&error, what);
        cause = error.source();
    }
}

fn assert_display_hidden(value: impl Display, what: &str) {
    for text in [format!("{value}"), format!("{value:#}")] {
        assert!(!is_leak(&text), "after {what}: {text}");
    }
}

#[tokio::test]
async fn canary_is_on_the_wire() {
    let mut server = RawServer::start(http("200 OK", "text/html", b"")).await;
    let client = server.builder().access_token(SECRET).build().unwrap();
    client.get_wechat_miniprogram_phone(SECRET, "my-wxapp").header("x-mine", SECRET).await.unwrap_err();
    client.generate_link_ext_idp_url("my-lark", "an-app", SECRET).await.unwrap_err();
    let (body, query) = (server.request().await, server.request().await);
    assert!(is_leak(&body.body) && is_leak(body.header("x-mine").unwrap()), "{body:?}");
    assert!(is_leak(&query.line), "the token must be in the query: {query:?}");
    assert!(is_leak(include_str!(concat!(env!("OUT_DIR"), "/authentication/canary.json"))));
}

#[tokio::test]
async fn http_2_shows_no_secret() {
    log_capture::start(is_leak);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let host = format!("http://{}", listener.local_addr().unwrap());
    let router = axum::Router::new().fallback(async || json!({ "statusCode": 400, "data": SECRET }).to_string());
    let server = tokio::spawn(axum::serve(listener, router).into_future());
    let http = reqwest::Client::builder().http2_prior_knowledge().build().unwrap();
    let builder = AuthenticationClient::builder().app_id("an-app").app_host(host).access_token(SECRET);
    let client = builder.http_client(http).build().unwrap();
    assert_error_hidden(
        &client.generate_link_ext_idp_url("my-lark", "an-app", SECRET).await.unwrap_err(),
        "an API error",
    );
    assert_error_hidden(&client.bind_phone("+86188ZQXJ8888", SECRET).await.unwrap_err(), "an API error");
    assert_error_hidden(&client.get_profile().await.unwrap_err(), "an API error");
    server.abort();
    log_capture::check();
}
