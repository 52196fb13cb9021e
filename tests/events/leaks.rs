//! The access token in the WebSocket's URL is never shown.

use std::fmt::Debug;
use std::time::Duration;

use futures_util::StreamExt;
use genauth::events::EventStreamItem;
use genauth::sandbox::Sandbox;
use genauth::{AuthenticationClient, Error};

use crate::helpers::without_backoff;
use crate::log_capture;
use crate::websocket_server::{WebSocketServer, frame, handshake_response, text};

/// No event contains it: the WebSocket library logs events at the trace level.
const MARK: &str = "ZQXJ";
const TOKEN: &str = "a-ZQXJ-token";

fn is_leak(text: &str) -> bool {
    text.contains(MARK)
}

fn check(value: &impl Debug) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(!is_leak(&text), "the token is shown: {text}");
    }
}

fn check_error(error: &Error) {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        check(&error);
        assert!(!is_leak(&error.to_string()), "the token is shown: {error}");
        cause = error.source();
    }
}

/// Checks the items of a stream, the first six at most; returns how many there were.
async fn check_items(client: AuthenticationClient) -> usize {
    let interval = Duration::from_millis(20);
    let mut events = without_backoff(client.events("user.updated")).keep_alive(interval, interval);
    check(&events);
    let mut count = 0;
    while let Some(item) = events.next().await {
        check(&events);
        match &item {
            Ok(EventStreamItem::Disconnected(error)) | Err(error) => check_error(error),
            Ok(item) => check(item),
        }
        count += 1;
        if count == 6 {
            break;
        }
    }
    count
}

#[tokio::test]
async fn token_is_never_shown() {
    log_capture::start(is_leak);
    let response = |status: &str, body: &str| {
        format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes()
    };
    let page = format!("<a href=\"/?token={TOKEN}\">");
    let api_error = format!(r#"{{"statusCode":401,"message":"no","data":{{"token":"{TOKEN}"}}}}"#);
    let redirect = response(&format!("302 Found\r\nlocation: /?token={TOKEN}"), &page);
    for response in [
        response("401 Unauthorized", &api_error),
        response("200 OK", &api_error),
        response("403 Forbidden", &page),
        response("503 Service Unavailable", &page),
        response("200 OK", &page),
        redirect,
        handshake_response(&format!("Sec-WebSocket-Key: {TOKEN}\r\n")).into_bytes(),
        format!("{TOKEN}\r\n").into_bytes(),
        Vec::new(),
    ] {
        let server = WebSocketServer::responding(response).await;
        assert!(check_items(server.builder().access_token(TOKEN).build().unwrap()).await > 0);
    }
    for sent in [
        text("1"),
        text("{"),
        frame(0x82, b"1"),
        frame(0x81, b"\xff"),
        frame(0xf1, b"1"),
        frame(0x88, &[3, 0xf0]),
        frame(0x81, &[b'1'; 5000]),
        Vec::new(),
    ] {
        let server = WebSocketServer::sending([sent]).await;
        let builder = server.builder().access_token(TOKEN).max_response_size(1000);
        check(&builder);
        assert!(check_items(builder.build().unwrap()).await > 0);
        // A proxy receives the full URL.
        let builder = server.builder().access_token(TOKEN).events_host("ws://events.example").allow_insecure_http();
        assert!(check_items(builder.proxy(server.proxy()).build().unwrap()).await > 0);
    }
    let builder = AuthenticationClient::builder().app_id("an-app").app_host("http://127.0.0.1:1").access_token(TOKEN);
    let connection_refused = builder.events_host("ws://127.0.0.1:1").build().unwrap();
    assert!(check_items(connection_refused).await > 0);
    let silent = WebSocketServer::start(async |_, mut peer| drop(peer.read_to_end().await)).await;
    let timed_out = silent.builder().access_token(TOKEN).timeout(Duration::from_millis(20)).build().unwrap();
    assert!(check_items(timed_out).await > 0);
    let sandbox = Sandbox::start().await.unwrap();
    assert_eq!(check_items(sandbox.client_builder().access_token(TOKEN).build().unwrap()).await, 1);
    let client = sandbox.client().unwrap().with_access_token(sandbox.issue_access_token());
    client.put_event("user.updated", &TOKEN).await.unwrap();
    check(&client.put_event("user.updated", &TOKEN));
    log_capture::check();
    // Formatting every message at the trace level would slow down the other tests of this process.
    log::set_max_level(log::LevelFilter::Off);
}
