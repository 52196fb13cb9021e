//! What is asked when a line is opened, and the answers that are not one.

use genauth::Error;
use genauth::events::EventStreamError;
use reqwest::StatusCode;
use tokio::sync::mpsc;

use crate::helpers::{at_once, connected, end, line_lost, lost};
use crate::websocket_server::{LineServer, acceptance};

const CODE: &str = "user.updated";

/// What the server is asked for, when the client is set up so.
async fn asked(
    set_up: impl FnOnce(&LineServer, genauth::ClientBuilder) -> genauth::ClientBuilder,
    code: &str,
) -> String {
    let (sender, mut heads) = mpsc::unbounded_channel();
    let server = LineServer::start(move |_, mut peer| {
        let sender = sender.clone();
        async move {
            sender.send(peer.accept().await).unwrap();
            peer.gone().await;
        }
    })
    .await;
    let client = set_up(&server, server.builder()).build().unwrap();
    connected(&mut client.events(code)).await;
    heads.recv().await.unwrap()
}

#[tokio::test]
async fn the_address_has_code_and_token_encoded() {
    let head = asked(|_, builder| builder.access_token("a+b/c&d=e"), "custom.tea & water").await;
    let line = "GET /events/v1/authentication/sub?code=custom.tea+%26+water&token=a%2Bb%2Fc%26d%3De HTTP/1.1\r\n";
    assert!(head.starts_with(line), "{head}");
    for header in ["connection: upgrade", "upgrade: websocket", "sec-websocket-version: 13"] {
        assert!(head.to_lowercase().contains(header), "{head}");
    }
    assert!(!head.to_lowercase().contains("authorization"), "{head}");
}

#[tokio::test]
async fn a_host_may_have_a_path_of_its_own() {
    let head = asked(|server, builder| builder.events_host(server.url() + "/behind/"), CODE).await;
    assert!(head.starts_with("GET /behind/events/v1/authentication/sub?"), "{head}");
}

#[tokio::test]
async fn the_line_goes_through_the_clients_proxy() {
    let through = |server: &LineServer, builder: genauth::ClientBuilder| {
        builder.proxy(server.proxy()).events_host("ws://events.example").allow_insecure_http()
    };
    let head = asked(through, CODE).await;
    assert!(head.starts_with("GET http://events.example/events/v1/authentication/sub?code=user.updated&"), "{head}");
}

#[tokio::test]
async fn a_handshake_that_proves_nothing_is_none() {
    let right = acceptance("Sec-WebSocket-Key: another one\r\n");
    for wrong in [right.clone(), right.replace("websocket", "h2c"), right.replace("sec-websocket-accept", "x-accept")] {
        let server = LineServer::refusing(wrong.into_bytes()).await;
        let mut events = at_once(server.builder().build().unwrap().events(CODE));
        assert!(matches!(line_lost(&mut events).await, EventStreamError::Protocol { .. }));
        connected(&mut events).await;
    }
}

#[tokio::test]
async fn what_is_no_line_ends_the_stream() {
    let redirect = "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
    let page = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 4\r\n\r\n<hr>";
    for (answer, status) in [(redirect, StatusCode::FOUND), (page, StatusCode::OK)] {
        let server = LineServer::refusing(answer.into()).await;
        let error = end(&mut server.builder().build().unwrap().events(CODE)).await;
        assert!(error.to_string().starts_with("not the API's answer: it opens no WebSocket (HTTP "), "{error}");
        assert_eq!(error.status(), Some(status));
        assert_eq!(server.connections(), 1);
    }
    let refusal = r#"{"statusCode":401,"apiCode":2020,"message":"sign in"}"#;
    let under_200 = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{refusal}", refusal.len());
    let server = LineServer::refusing(under_200.into()).await;
    let error = end(&mut server.builder().build().unwrap().events(CODE)).await;
    assert_eq!(error.to_string(), "the API refused: sign in (status 401, code 2020)");
}

#[tokio::test]
async fn what_is_no_answer_is_asked_again() {
    let endless = "HTTP/1.1 503 Busy\r\ncontent-length: 2000000\r\n\r\n".to_owned() + &"x".repeat(2_000_000);
    for answer in ["", "SSH-2.0-OpenSSH_9.6\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{", &endless] {
        let server = LineServer::refusing(answer.into()).await;
        let mut events = at_once(server.builder().max_response_size(1_000_000).build().unwrap().events(CODE));
        let error = lost(&mut events).await;
        assert!(matches!(error, Error::Transport(_) | Error::ResponseTooLarge { .. }), "{error:?}");
        connected(&mut events).await;
    }
}

#[tokio::test]
async fn a_server_that_says_nothing_is_given_up_after_the_clients_timeout() {
    let server = LineServer::start(async |number, mut peer| {
        if number > 0 {
            peer.accept().await;
        }
        peer.gone().await;
    })
    .await;
    let client = server.builder().timeout(std::time::Duration::from_millis(50)).build().unwrap();
    let mut events = at_once(client.events(CODE));
    match lost(&mut events).await {
        Error::Transport(error) => assert!(error.is_timeout(), "{error:?}"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_client_of_ones_own_that_speaks_http_2_is_said_to_be_wrong() {
    let sandbox = genauth::sandbox::Sandbox::start().await.unwrap();
    let http = reqwest::Client::builder().http2_prior_knowledge().build().unwrap();
    let client = sandbox.client_builder().http_client(http).build().unwrap();
    let error = end(&mut client.with_access_token(sandbox.issue_access_token()).events(CODE)).await;
    assert!(matches!(error, Error::Config(_)) && error.to_string().contains("http1_only"), "{error:?}");
}
