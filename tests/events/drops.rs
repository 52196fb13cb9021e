//! Dropping the stream closes the line.

use futures_util::StreamExt;
use genauth::sandbox::Sandbox;

use crate::helpers::{connected, last_words, signed_in};
use crate::websocket_server::{LineServer, text};

const CODE: &str = "user.updated";

#[tokio::test]
async fn the_server_is_told_goodbye() {
    // A close frame, masked, without a code; and then the end.
    let said = last_words(text("1")).await;
    assert!(said.starts_with(&[0x88, 0x80]) && said.len() == 6, "{said:?}");
}

#[tokio::test]
async fn a_stream_that_is_dropped_while_it_waits_leaves_no_line_behind() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut events = signed_in(&sandbox).events(CODE);
    connected(&mut events).await;
    assert_eq!(sandbox.subscriber_count(CODE), 1);
    let waiting = tokio::spawn(async move { events.next().await });
    tokio::task::yield_now().await;
    waiting.abort();
    while sandbox.subscriber_count(CODE) > 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_stream_that_is_never_asked_sends_nothing() {
    let server = LineServer::start(async |_, _| {}).await;
    let events = server.builder().build().unwrap().events(CODE);
    assert_eq!(format!("{events:?}"), "EventStream { begun: false, .. }");
    drop(events);
    tokio::task::yield_now().await;
    assert_eq!(server.connections(), 0);
}
