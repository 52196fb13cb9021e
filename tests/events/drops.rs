//! Dropping the stream closes the connection.

use futures_util::StreamExt;
use genauth::sandbox::Sandbox;

use crate::helpers::{connected, sent_until_drop, signed_in};
use crate::websocket_server::{WebSocketServer, text};

const EVENT_TYPE: &str = "user.updated";

#[tokio::test]
async fn drop_sends_close_frame() {
    // A masked close frame without a code, and then the end.
    let sent = sent_until_drop(text("1")).await;
    assert!(sent.starts_with(&[0x88, 0x80]) && sent.len() == 6, "not a close frame: {sent:?}");
}

#[tokio::test]
async fn drop_while_polled_leaves_no_subscriber() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut events = signed_in(&sandbox).events(EVENT_TYPE);
    connected(&mut events).await;
    assert_eq!(sandbox.subscriber_count(EVENT_TYPE), 1);
    let waiting = tokio::spawn(async move { events.next().await });
    tokio::task::yield_now().await;
    waiting.abort();
    while sandbox.subscriber_count(EVENT_TYPE) > 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn drop_before_first_poll_sends_nothing() {
    let server = WebSocketServer::start(async |_, _| {}).await;
    let events = server.builder().build().unwrap().events(EVENT_TYPE);
    assert_eq!(format!("{events:?}"), "EventStream { started: false, .. }");
    drop(events);
    tokio::task::yield_now().await;
    assert_eq!(server.connections(), 0);
}
