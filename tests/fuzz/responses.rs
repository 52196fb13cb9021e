//! Arbitrary responses on the wire, to calls whose responses are decoded in different ways.

use std::sync::{Arc, Mutex};

use genauth::{AuthenticationClient, Error, RetryPolicy};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde_json::{Map, Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

const SECRET: &str = "a-ZQXJ-secret";

/// JSON with the API's members, whose values may or may not have the right type.
fn json_like() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        prop_oneof![Just(200), Just(0), Just(-1), Just(429), Just(40029), any::<i64>()].prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop_oneof![Just(SECRET.to_owned()), Just("86".to_owned()), "\\PC{0,8}".prop_map(|text| text + SECRET)]
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 64, 8, |inner| {
        let name = prop::sample::select(vec![
            "statusCode",
            "message",
            "apiCode",
            "requestId",
            "data",
            "phone_info",
            "errcode",
            "errmsg",
            "phoneNumber",
            "purePhoneNumber",
            "countryCode",
            "watermark",
            "appid",
            "timestamp",
            "userId",
            "phone",
            "customData",
            "more",
        ]);
        prop_oneof![
            prop::collection::vec((name, inner.clone()), 0..8).prop_map(|members| {
                let members = members.into_iter().map(|(name, value)| (name.to_owned(), value));
                // The server's message is shown, also that in a list, so it has no secret.
                let without_secret = |(name, value): (String, Value)| match (&*name, &value) {
                    ("message" | "errmsg" | "requestId", Value::String(_)) => (name, json!("a message")),
                    ("message" | "errmsg" | "requestId", Value::Array(_)) => (name, json!(["a message", 7])),
                    _ => (name, value),
                };
                Value::Object(members.map(without_secret).collect::<Map<_, _>>())
            }),
            prop::collection::vec(inner, 0..8).prop_map(Value::from),
        ]
    })
}

/// Such JSON with or without envelope, intact or damaged, or any bytes.
fn bodies() -> impl Strategy<Value = Vec<u8>> {
    let enveloped = (prop_oneof![3 => Just(200), 1 => any::<i64>()], json_like(), json_like()).prop_map(
        |(status, data, info)| json!({ "statusCode": status, "message": "", "data": data, "phone_info": info }),
    );
    let intact = prop_oneof![3 => enveloped, 1 => json_like()].prop_map(|value| value.to_string().into_bytes());
    let damaged = (intact.clone(), any::<prop::sample::Index>(), any::<u8>()).prop_map(|(mut body, place, byte)| {
        let place = place.index(body.len());
        body[place] = byte;
        body
    });
    let cut = (intact.clone(), any::<prop::sample::Index>()).prop_map(|(mut body, place)| {
        body.truncate(place.index(body.len()));
        body
    });
    let anything = prop::collection::vec(any::<u8>(), 0..200);
    prop_oneof![6 => intact, 2 => damaged, 1 => cut, 1 => anything]
}

/// A server with a response that can be changed.
struct Server {
    response: Arc<Mutex<Vec<u8>>>,
    client: AuthenticationClient,
    runtime: Runtime,
}

impl Server {
    fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", 0))).unwrap();
        let host = format!("http://{}", listener.local_addr().unwrap());
        let response = Arc::new(Mutex::new(Vec::new()));
        let next = Arc::clone(&response);
        runtime.spawn(async move {
            loop {
                let (mut socket, _) = listener.accept().await.unwrap();
                let next = Arc::clone(&next);
                tokio::spawn(async move {
                    // Requests are small enough for one read.
                    while socket.read(&mut [0; 65536]).await.is_ok_and(|length| length > 0) {
                        let response = next.lock().unwrap().clone();
                        if socket.write_all(&response).await.is_err() || !response.starts_with(b"HTTP/1.1 200") {
                            return;
                        }
                    }
                });
            }
        });
        let builder = AuthenticationClient::builder().app_id("an-app").app_host(host).access_token("a-token");
        Self { response, client: builder.retry_policy(RetryPolicy::never()).build().unwrap(), runtime }
    }

    fn check(&self, response: Vec<u8>) -> TestCaseResult {
        *self.response.lock().unwrap() = response;
        let client = &self.client;
        self.runtime.block_on(async {
            check_hidden(client.get_wechat_miniprogram_phone("a-code", "my-wxapp").envelope().await)?;
            check_hidden(client.get_profile().envelope().await.map(drop))?;
            check_hidden(client.decrypt_wechat_mini_program_data("my-wxapp", "a-code", "x", "y").envelope().await)?;
            check_hidden(client.get_captcha_code().envelope().await)
        })
    }
}

fn check_hidden<T: std::fmt::Debug>(outcome: Result<T, Error>) -> TestCaseResult {
    let shown = match &outcome {
        Ok(envelope) => format!("{envelope:?}"),
        Err(error) => format!("{error} {error:?}"),
    };
    // The mask of a phone number hides four characters only, so data may show the rest of a secret that is in one.
    let hidden = outcome.is_ok() || !shown.contains("ZQXJ");
    prop_assert!(hidden, "{}", shown);
    Ok(())
}

#[test]
fn any_body_is_data_or_an_error() {
    let server = Server::start();
    crate::fuzz(file!(), bodies(), |body| {
        let head =
            format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len());
        server.check([head.into_bytes(), body].concat())
    });
}

#[test]
fn malformed_http_is_an_error() {
    let server = Server::start();
    let pieces = prop::sample::select(vec![
        "HTTP/1.1 ",
        "HTTP/1.0 ",
        "2",
        "200 OK",
        "204 No Content",
        "100 Continue",
        "502 Bad Gateway",
        "\r\n",
        "\n",
        "\r",
        ": ",
        "content-length: 2",
        "content-length: -1",
        "transfer-encoding: chunked",
        "0\r\n\r\n",
        "2\r\n{}\r\n",
        "x-y: z",
        "retry-after: 99999999999999999999",
        "\0",
        "\u{7f}",
        "{}",
        "connection: upgrade",
        "location: /",
        "é",
    ]);
    let inputs = prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat().into_bytes());
    crate::fuzz(file!(), inputs, |mut bytes| {
        // Not a response that leaves the connection open, which the client would wait for.
        if bytes.starts_with(b"HTTP/1.1 200") {
            bytes[0] = b'X';
        }
        server.check(bytes)
    });
}
