//! The opening handshake: what the request says, and the responses that are not a WebSocket.

use std::time::Duration;

use genauth::events::EventStreamError;
use genauth::{ClientBuilder, Error};
use reqwest::StatusCode;
use tokio::sync::mpsc;

use crate::helpers::{connected, connection_error, disconnected, final_error, without_backoff};
use crate::websocket_server::{WebSocketServer, handshake_response};

const EVENT_TYPE: &str = "user.updated";

/// The head of the request of a client with this setup.
async fn request_head(
    set_up: impl FnOnce(&WebSocketServer, ClientBuilder) -> ClientBuilder,
    event_type: &str,
) -> String {
    let (sender, mut heads) = mpsc::unbounded_channel();
    let server = WebSocketServer::start(move |_, mut peer| {
        let sender = sender.clone();
        async move {
            sender.send(peer.accept().await).unwrap();
            peer.read_to_end().await;
        }
    })
    .await;
    let client = set_up(&server, server.builder()).build().unwrap();
    connected(&mut client.events(event_type)).await;
    heads.recv().await.unwrap()
}

#[tokio::test]
async fn handshake_url_encodes_event_type_and_token() {
    let head = request_head(|_, builder| builder.access_token("a+b/c&d=e"), "custom.tea & water").await;
    let line = "GET /events/v1/authentication/sub?code=custom.tea+%26+water&token=a%2Bb%2Fc%26d%3De HTTP/1.1\r\n";
    assert!(head.starts_with(line), "{head}");
    for header in ["connection: upgrade", "upgrade: websocket", "sec-websocket-version: 13"] {
        assert!(head.to_lowercase().contains(header), "no `{header}` in {head}");
    }
    assert!(!head.to_lowercase().contains("authorization"), "{head}");
}

#[tokio::test]
async fn handshake_url_keeps_path_of_events_host() {
    let head = request_head(|server, builder| builder.events_host(server.url() + "/behind/"), EVENT_TYPE).await;
    assert!(head.starts_with("GET /behind/events/v1/authentication/sub?"), "{head}");
}

#[tokio::test]
async fn handshake_uses_proxy_of_client() {
    let proxied = |server: &WebSocketServer, builder: ClientBuilder| {
        builder.proxy(server.proxy()).events_host("ws://events.example").allow_insecure_http()
    };
    let head = request_head(proxied, EVENT_TYPE).await;
    assert!(head.starts_with("GET http://events.example/events/v1/authentication/sub?code=user.updated&"), "{head}");
}

#[tokio::test]
async fn handshake_response_without_accept_key_is_protocol_error() {
    let of_another_key = handshake_response("Sec-WebSocket-Key: another one\r\n");
    for response in [
        of_another_key.clone(),
        of_another_key.replace("websocket", "h2c"),
        of_another_key.replace("sec-websocket-accept", "x-accept"),
    ] {
        let server = WebSocketServer::responding(response.into_bytes()).await;
        let mut events = without_backoff(server.builder().build().unwrap().events(EVENT_TYPE));
        assert!(matches!(connection_error(&mut events).await, EventStreamError::Protocol { .. }));
        connected(&mut events).await;
    }
}

#[tokio::test]
async fn handshake_response_without_upgrade_ends_stream() {
    let redirect = "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
    let page = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 4\r\n\r\n<hr>";
    for (response, status) in [(redirect, StatusCode::FOUND), (page, StatusCode::OK)] {
        let server = WebSocketServer::responding(response.into()).await;
        match final_error(&mut server.builder().build().unwrap().events(EVENT_TYPE)).await {
            Error::UnexpectedResponse(error) => {
                assert_eq!(error.status, status);
                assert!(error.reason.contains("WebSocket"), "{}", error.reason);
            }
            other => panic!("not an unexpected response: {other:?}"),
        }
        assert_eq!(server.connections(), 1, "the handshake was retried");
    }
    let body = r#"{"statusCode":401,"apiCode":2020,"message":"sign in"}"#;
    let api_error = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let server = WebSocketServer::responding(api_error.into()).await;
    match final_error(&mut server.builder().build().unwrap().events(EVENT_TYPE)).await {
        Error::Api(error) => {
            assert_eq!((error.api_status.0, error.api_code.unwrap().0, &*error.message), (401, 2020, "sign in"));
        }
        other => panic!("not an API error: {other:?}"),
    }
}

#[tokio::test]
async fn handshake_response_malformed_or_too_large_is_retried() {
    let endless = "HTTP/1.1 503 Busy\r\ncontent-length: 2000000\r\n\r\n".to_owned() + &"x".repeat(2_000_000);
    for response in ["", "SSH-2.0-OpenSSH_9.6\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{", &endless] {
        let server = WebSocketServer::responding(response.into()).await;
        let client = server.builder().max_response_size(1_000_000).build().unwrap();
        let mut events = without_backoff(client.events(EVENT_TYPE));
        let error = disconnected(&mut events).await;
        assert!(matches!(error, Error::Transport(_) | Error::ResponseTooLarge { .. }), "{error:?}");
        connected(&mut events).await;
    }
}

#[tokio::test]
async fn handshake_times_out_with_timeout_of_client() {
    let server = WebSocketServer::start(async |number, mut peer| {
        if number > 0 {
            peer.accept().await;
        }
        peer.read_to_end().await;
    })
    .await;
    let client = server.builder().timeout(Duration::from_millis(50)).build().unwrap();
    let mut events = without_backoff(client.events(EVENT_TYPE));
    match disconnected(&mut events).await {
        Error::Transport(error) => assert!(error.is_timeout(), "{error:?}"),
        other => panic!("not a transport error: {other:?}"),
    }
}

#[tokio::test]
async fn handshake_over_http2_is_config_error() {
    let sandbox = genauth::sandbox::Sandbox::start().await.unwrap();
    let http = reqwest::Client::builder().http2_prior_knowledge().build().unwrap();
    let client = sandbox.client_builder().http_client(http).build().unwrap();
    let error = final_error(&mut client.with_access_token(sandbox.issue_access_token()).events(EVENT_TYPE)).await;
    assert!(matches!(error, Error::Config(_)) && error.to_string().contains("http1_only"), "{error:?}");
}
