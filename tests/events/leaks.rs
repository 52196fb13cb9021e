//! The access token, which goes into the line's address, is never shown.

use std::fmt::Debug;
use std::time::Duration;

use futures_util::StreamExt;
use genauth::events::EventStreamItem;
use genauth::{AuthenticationClient, Error};

use crate::log_capture;
use crate::websocket_server::{LineServer, acceptance, frame, text};

/// In no event: what events hold is shown by the WebSocket library at the trace level.
const MARK: &str = "ZQXJ";
const TOKEN: &str = "a-ZQXJ-token";

fn is_leak(text: &str) -> bool {
    text.contains(MARK)
}

fn shown(value: &impl Debug) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(!is_leak(&text), "{text}");
    }
}

fn shown_of(error: &Error) {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        shown(&error);
        assert!(!is_leak(&error.to_string()), "{error}");
        cause = error.source();
    }
}

/// Listens for as long as there is something new, and looks at all of it.
async fn listen(client: AuthenticationClient) -> usize {
    let events = client.events("user.updated").pauses(Duration::ZERO, Duration::ZERO);
    let quiet = Duration::from_millis(20);
    let mut events = events.ping(quiet, quiet);
    shown(&events);
    let mut seen = 0;
    while let Some(incoming) = events.next().await {
        shown(&events);
        match &incoming {
            Ok(EventStreamItem::Disconnected(error)) | Err(error) => shown_of(error),
            Ok(incoming) => shown(incoming),
        }
        seen += 1;
        if seen == 6 {
            break;
        }
    }
    seen
}

#[tokio::test]
async fn the_token_is_never_shown() {
    log_capture::start(is_leak);
    let answer = |status: &str, body: &str| {
        format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes()
    };
    let page = format!("<a href=\"/?token={TOKEN}\">");
    let refusal = format!(r#"{{"statusCode":401,"message":"no","data":{{"token":"{TOKEN}"}}}}"#);
    let redirect = answer(&format!("302 Found\r\nlocation: /?token={TOKEN}"), &page);
    for refused in [
        answer("401 Unauthorized", &refusal),
        answer("200 OK", &refusal),
        answer("403 Forbidden", &page),
        answer("503 Service Unavailable", &page),
        answer("200 OK", &page),
        redirect,
        acceptance(&format!("Sec-WebSocket-Key: {TOKEN}\r\n")).into_bytes(),
        format!("{TOKEN}\r\n").into_bytes(),
        Vec::new(),
    ] {
        let server = LineServer::refusing(refused).await;
        assert!(listen(server.builder().access_token(TOKEN).build().unwrap()).await > 0);
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
        let server = LineServer::sending([sent]).await;
        let builder = server.builder().access_token(TOKEN).max_response_size(1000);
        shown(&builder);
        assert!(listen(builder.build().unwrap()).await > 0);
        // Through a proxy, which gets the whole address.
        let builder = server.builder().access_token(TOKEN).events_host("ws://events.example").allow_insecure_http();
        assert!(listen(builder.proxy(server.proxy()).build().unwrap()).await > 0);
    }
    let nobody = AuthenticationClient::builder().app_id("an-app").app_host("http://127.0.0.1:1").access_token(TOKEN);
    assert!(listen(nobody.events_host("ws://127.0.0.1:1").build().unwrap()).await > 0);
    let timid = LineServer::start(async |_, mut peer| drop(peer.gone().await)).await;
    let timid = timid.builder().access_token(TOKEN).timeout(Duration::from_millis(20));
    assert!(listen(timid.build().unwrap()).await > 0);
    let sandbox = genauth::sandbox::Sandbox::start().await.unwrap();
    assert_eq!(listen(sandbox.client_builder().access_token(TOKEN).build().unwrap()).await, 1);
    let client = sandbox.client().unwrap().with_access_token(sandbox.issue_access_token());
    client.put_event("user.updated", &TOKEN).await.unwrap();
    shown(&client.put_event("user.updated", &TOKEN));
    log_capture::check();
}
