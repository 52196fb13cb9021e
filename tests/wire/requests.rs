//! What goes over the wire, read as raw bytes from a socket.

use std::net::Ipv4Addr;
use std::time::Duration;

use crate::raw_server::{RawServer, Request, json};
use genauth::{AuthenticationClient, Brand};

const ANSWER: &str = r#"{"statusCode":200,"message":"","data":{"phoneNumber":"+8618812348888","purePhoneNumber":"18812348888","countryCode":"86"}}"#;

/// Sends the phone-number call with the client that `setup` makes, and returns what arrived.
async fn sent_by(setup: impl FnOnce(&RawServer) -> AuthenticationClient) -> Request {
    let mut server = RawServer::answering(json("200 OK", ANSWER)).await;
    setup(&server).get_wechat_miniprogram_phone("a-code", "my-wxapp").await.unwrap();
    server.request().await
}

fn names(request: &Request) -> Vec<&str> {
    let mut names: Vec<_> = request.headers.iter().map(|(name, _)| name.as_str()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_call_sends_what_the_description_says_and_nothing_else() {
    let mut host = String::new();
    let request = sent_by(|server| {
        host = server.url().replace("http://", "");
        server.builder().app_secret("top-secret").access_token("a-token").build().unwrap()
    })
    .await;

    assert_eq!(request.line, "POST /api/v3/get-wechat-miniprogram-phone HTTP/1.1");
    let mut headers = request.headers.clone();
    headers.sort();
    let version = concat!("rust:", env!("CARGO_PKG_VERSION"));
    let expected = [
        ("accept", "application/json"),
        ("content-length", "51"),
        ("content-type", "application/json"),
        ("host", host.as_str()),
        ("x-genauth-app-id", "an-app"),
        ("x-genauth-request-from", "sdk"),
        ("x-genauth-sdk-version", version),
    ];
    assert_eq!(headers, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert_eq!(request.body, r#"{"code":"a-code","extIdpConnidentifier":"my-wxapp"}"#);
}

#[tokio::test]
async fn the_brand_decides_the_prefix_of_the_headers() {
    let request = sent_by(|server| server.builder().brand(Brand::Authing).lang("zh-CN").build().unwrap()).await;
    assert_eq!(request.header("x-authing-app-id"), Some("an-app"));
    assert_eq!(request.header("x-authing-request-from"), Some("sdk"));
    assert_eq!(request.header("x-authing-lang"), Some("zh-CN"));
    assert!(request.header("x-authing-sdk-version").is_some());
    assert!(!names(&request).iter().any(|name| name.starts_with("x-genauth")), "{request:?}");
}

#[tokio::test]
async fn language_and_address_come_from_the_builder_a_handle_or_the_call() {
    let address = Ipv4Addr::new(203, 0, 113, 7);
    let by_builder = sent_by(|server| server.builder().lang("en-US").real_ip(address).build().unwrap()).await;
    let by_handle = sent_by(|server| server.builder().build().unwrap().with_lang("en-US").with_real_ip(address)).await;

    let mut server = RawServer::answering(json("200 OK", ANSWER)).await;
    let client = server.builder().build().unwrap();
    client.get_wechat_miniprogram_phone("a-code", "my-wxapp").lang("en-US").real_ip(address).await.unwrap();
    let by_call = server.request().await;
    client.get_wechat_miniprogram_phone("a-code", "my-wxapp").await.unwrap();
    let after = server.request().await;

    for request in [by_builder, by_handle, by_call] {
        assert_eq!(request.header("x-genauth-lang"), Some("en-US"));
        assert_eq!(request.header("x-real-ip"), Some("203.0.113.7"));
    }
    assert_eq!(after.header("x-genauth-lang"), None, "an option of one call must not stay with the client");
    assert_eq!(after.header("x-real-ip"), None);
}

#[tokio::test]
async fn a_header_of_the_callers_own_is_added_or_replaces_ours() {
    let mut server = RawServer::answering(json("200 OK", ANSWER)).await;
    let client = server.builder().build().unwrap();
    let call = client.get_wechat_miniprogram_phone("a-code", "my-wxapp");
    call.header("x-trace", "abc").header("X-GenAuth-Request-From", "backend").await.unwrap();

    let request = server.request().await;
    assert_eq!(request.header("x-trace"), Some("abc"));
    let from: Vec<_> = request.headers.iter().filter(|(name, _)| name == "x-genauth-request-from").collect();
    assert_eq!(from, [&("x-genauth-request-from".to_owned(), "backend".to_owned())]);
}

#[tokio::test]
async fn a_clients_own_http_client_is_used() {
    let request = sent_by(|server| {
        let http = reqwest::Client::builder().user_agent("my-backend/1").build().unwrap();
        server.builder().http_client(http).build().unwrap()
    })
    .await;
    assert_eq!(request.header("user-agent"), Some("my-backend/1"));
    assert_eq!(request.header("x-genauth-app-id"), Some("an-app"));
}

#[tokio::test]
async fn a_host_may_have_a_path_and_a_trailing_slash() {
    for (suffix, path) in [("/", ""), ("/tenant", "/tenant"), ("/tenant/", "/tenant")] {
        let request = sent_by(|server| server.builder().app_host(server.url() + suffix).build().unwrap()).await;
        assert_eq!(request.line, format!("POST {path}/api/v3/get-wechat-miniprogram-phone HTTP/1.1"));
    }
}

#[tokio::test]
async fn a_proxy_gets_the_whole_address() {
    let mut proxy = RawServer::answering(json("200 OK", ANSWER)).await;
    let client = AuthenticationClient::builder()
        .app_id("an-app")
        .app_host("http://genauth.test")
        .allow_insecure_http()
        .proxy(reqwest::Proxy::all(proxy.url()).unwrap())
        .build()
        .unwrap();
    client.get_wechat_miniprogram_phone("a-code", "my-wxapp").await.unwrap();
    let request = proxy.request().await;
    assert_eq!(request.line, "POST http://genauth.test/api/v3/get-wechat-miniprogram-phone HTTP/1.1");
}

#[tokio::test]
async fn text_goes_out_as_json_whatever_it_holds() {
    let mut server = RawServer::answering(json("200 OK", ANSWER)).await;
    let client = server.builder().build().unwrap();
    client.get_wechat_miniprogram_phone("a\"b\\c\n", "微信").timeout(Duration::from_secs(5)).await.unwrap();
    assert_eq!(server.request().await.body, r#"{"code":"a\"b\\c\n","extIdpConnidentifier":"微信"}"#);
}

#[tokio::test]
async fn nothing_is_sent_before_the_await() {
    let mut server = RawServer::answering(json("200 OK", ANSWER)).await;
    let client = server.builder().build().unwrap();
    drop(client.get_wechat_miniprogram_phone("dropped", "my-wxapp"));
    client.get_wechat_miniprogram_phone("awaited", "my-wxapp").await.unwrap();
    assert_eq!(server.waiting(), 1, "only what was awaited is sent");
    assert!(server.request().await.body.contains("awaited"));
}
