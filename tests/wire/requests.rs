//! Requests, as bytes on the wire.

use std::net::Ipv4Addr;
use std::time::Duration;

use crate::raw_server::{RawServer, Request, json};
use genauth::{AuthenticationClient, Brand};

const RESPONSE: &str = r#"{"statusCode":200,"message":"","data":{"phoneNumber":"+8618812348888","purePhoneNumber":"18812348888","countryCode":"86"}}"#;

/// Sends a call with the client that `setup` builds, and returns the request.
async fn request_of(setup: impl FnOnce(&RawServer) -> AuthenticationClient) -> Request {
    let mut server = RawServer::start(json("200 OK", RESPONSE)).await;
    setup(&server).get_wechat_miniprogram_phone("a-code", "my-wxapp").await.unwrap();
    server.request().await
}

fn names(request: &Request) -> Vec<&str> {
    let mut names: Vec<_> = request.headers.iter().map(|(name, _)| name.as_str()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn request_has_documented_headers_and_body_only() {
    let mut host = String::new();
    let request = request_of(|server| {
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
async fn brand_sets_header_prefix() {
    let request = request_of(|server| server.builder().brand(Brand::Authing).lang("zh-CN").build().unwrap()).await;
    assert_eq!(request.header("x-authing-app-id"), Some("an-app"));
    assert_eq!(request.header("x-authing-request-from"), Some("sdk"));
    assert_eq!(request.header("x-authing-lang"), Some("zh-CN"));
    assert!(request.header("x-authing-sdk-version").is_some());
    assert!(!names(&request).iter().any(|name| name.starts_with("x-genauth")), "{request:?}");
}

/// The request of a client with this host, received by a proxy.
async fn proxied(host: &str, brand: Option<Brand>) -> Request {
    let mut proxy = RawServer::start(json("200 OK", RESPONSE)).await;
    let builder = AuthenticationClient::builder().app_id("an-app").app_host(host).allow_insecure_http();
    let builder = builder.proxy(reqwest::Proxy::all(proxy.url()).unwrap());
    let builder = match brand {
        Some(brand) => builder.brand(brand),
        None => builder,
    };
    builder.build().unwrap().get_wechat_miniprogram_phone("a-code", "my-wxapp").await.unwrap();
    proxy.request().await
}

#[tokio::test]
async fn brand_follows_from_host_unless_set() {
    for (host, brand, header) in [
        ("http://example.genauth.ai", None, "x-genauth-app-id"),
        ("http://example.authing.cn", None, "x-authing-app-id"),
        ("http://core.EXAMPLE.Authing.cn:8080/tenant", None, "x-authing-app-id"),
        ("http://login.example.com", None, "x-genauth-app-id"),
        ("http://notauthing.cn", None, "x-genauth-app-id"),
        ("http://authing.cn.example.com", None, "x-genauth-app-id"),
        ("http://login.example.com", Some(Brand::Authing), "x-authing-app-id"),
        ("http://example.authing.cn", Some(Brand::GenAuth), "x-genauth-app-id"),
    ] {
        let request = proxied(host, brand).await;
        assert_eq!(request.header(header), Some("an-app"), "{host}, {brand:?}: {request:?}");
    }
}

#[tokio::test]
async fn lang_and_real_ip_set_by_builder_clone_or_call() {
    let address = Ipv4Addr::new(203, 0, 113, 7);
    let by_builder = request_of(|server| server.builder().lang("en-US").real_ip(address).build().unwrap()).await;
    let by_clone =
        request_of(|server| server.builder().build().unwrap().with_lang("en-US").with_real_ip(address)).await;

    let mut server = RawServer::start(json("200 OK", RESPONSE)).await;
    let client = server.builder().build().unwrap();
    client.get_wechat_miniprogram_phone("a-code", "my-wxapp").lang("en-US").real_ip(address).await.unwrap();
    let by_call = server.request().await;
    client.get_wechat_miniprogram_phone("a-code", "my-wxapp").await.unwrap();
    let after = server.request().await;

    for request in [by_builder, by_clone, by_call] {
        assert_eq!(request.header("x-genauth-lang"), Some("en-US"));
        assert_eq!(request.header("x-real-ip"), Some("203.0.113.7"));
    }
    assert_eq!(after.header("x-genauth-lang"), None, "an option of one call stayed with the client");
    assert_eq!(after.header("x-real-ip"), None);
}

#[tokio::test]
async fn header_of_a_call_is_added_or_replaced() {
    let mut server = RawServer::start(json("200 OK", RESPONSE)).await;
    let client = server.builder().build().unwrap();
    let call = client.get_wechat_miniprogram_phone("a-code", "my-wxapp");
    call.header("x-trace", "abc").header("X-GenAuth-Request-From", "backend").await.unwrap();

    let request = server.request().await;
    assert_eq!(request.header("x-trace"), Some("abc"));
    let from: Vec<_> = request.headers.iter().filter(|(name, _)| name == "x-genauth-request-from").collect();
    assert_eq!(from, [&("x-genauth-request-from".to_owned(), "backend".to_owned())]);
}

#[tokio::test]
async fn given_http_client_is_used() {
    let request = request_of(|server| {
        let http = reqwest::Client::builder().user_agent("my-backend/1").build().unwrap();
        server.builder().http_client(http).build().unwrap()
    })
    .await;
    assert_eq!(request.header("user-agent"), Some("my-backend/1"));
    assert_eq!(request.header("x-genauth-app-id"), Some("an-app"));
}

#[tokio::test]
async fn host_with_path_and_trailing_slash() {
    for (suffix, path) in [("/", ""), ("/tenant", "/tenant"), ("/tenant/", "/tenant")] {
        let request = request_of(|server| server.builder().app_host(server.url() + suffix).build().unwrap()).await;
        assert_eq!(request.line, format!("POST {path}/api/v3/get-wechat-miniprogram-phone HTTP/1.1"));
    }
}

#[tokio::test]
async fn proxy_receives_absolute_url() {
    let request = proxied("http://genauth.test", None).await;
    assert_eq!(request.line, "POST http://genauth.test/api/v3/get-wechat-miniprogram-phone HTTP/1.1");
}

#[tokio::test]
async fn string_is_escaped_in_json_body() {
    let mut server = RawServer::start(json("200 OK", RESPONSE)).await;
    let client = server.builder().build().unwrap();
    client.get_wechat_miniprogram_phone("a\"b\\c\n", "微信").timeout(Duration::from_secs(5)).await.unwrap();
    assert_eq!(server.request().await.body, r#"{"code":"a\"b\\c\n","extIdpConnidentifier":"微信"}"#);
}

#[tokio::test]
async fn call_is_sent_only_when_awaited() {
    let mut server = RawServer::start(json("200 OK", RESPONSE)).await;
    let client = server.builder().build().unwrap();
    drop(client.get_wechat_miniprogram_phone("dropped", "my-wxapp"));
    client.get_wechat_miniprogram_phone("awaited", "my-wxapp").await.unwrap();
    assert_eq!(server.waiting(), 1, "the dropped call was sent");
    assert!(server.request().await.body.contains("awaited"));
}
