//! Asserts that the next item of a stream is of one kind.

use std::time::Duration;

use futures_util::StreamExt;
use genauth::events::{Event, EventStream, EventStreamError, EventStreamItem, Gap};
use genauth::sandbox::Sandbox;
use genauth::{AuthenticationClient, Error};
use tokio::sync::mpsc;

use crate::websocket_server::WebSocketServer;

/// Reconnects without delay.
pub fn without_backoff(events: EventStream) -> EventStream {
    events.reconnect_backoff(Duration::ZERO, Duration::ZERO)
}

/// A client with the access token of a signed-in user.
pub fn signed_in(sandbox: &Sandbox) -> AuthenticationClient {
    sandbox.client_builder().access_token(sandbox.issue_access_token()).build().unwrap()
}

pub async fn next(events: &mut EventStream) -> EventStreamItem {
    events.next().await.expect("the stream ended").unwrap_or_else(|error| panic!("the stream failed: {error}"))
}

pub async fn connected(events: &mut EventStream) {
    match next(events).await {
        EventStreamItem::Connected => {}
        other => panic!("not connected: {other:?}"),
    }
}

pub async fn event(events: &mut EventStream) -> Event {
    match next(events).await {
        EventStreamItem::Event(event) => event,
        other => panic!("not an event: {other:?}"),
    }
}

pub async fn gap(events: &mut EventStream) -> Gap {
    match next(events).await {
        EventStreamItem::Gap(gap) => gap,
        other => panic!("not a gap: {other:?}"),
    }
}

pub async fn disconnected(events: &mut EventStream) -> Error {
    match next(events).await {
        EventStreamItem::Disconnected(error) => error,
        other => panic!("not disconnected: {other:?}"),
    }
}

/// Why an established connection was lost, or its handshake was invalid.
pub async fn connection_error(events: &mut EventStream) -> EventStreamError {
    match disconnected(events).await {
        Error::EventStream(error) => error,
        other => panic!("not an error of the connection: {other:?}"),
    }
}

/// The error that ends the stream, after which there are no items.
pub async fn final_error(events: &mut EventStream) -> Error {
    let error = match events.next().await {
        Some(Err(error)) => error,
        other => panic!("the stream did not end: {other:?}"),
    };
    for _ in 0..2 {
        assert!(events.next().await.is_none(), "there are items after {error}");
    }
    error
}

/// What a client sends from its handshake until it is dropped, having received these frames with one event among them.
pub async fn sent_until_drop(frames: Vec<u8>) -> Vec<u8> {
    let (sender, mut sent) = mpsc::unbounded_channel();
    let server = WebSocketServer::start(move |_, mut peer| {
        let (sender, frames) = (sender.clone(), frames.clone());
        async move {
            peer.accept().await;
            peer.send(&frames).await;
            sender.send(peer.read_to_end().await).unwrap();
        }
    })
    .await;
    let mut events = server.builder().build().unwrap().events("user.updated");
    connected(&mut events).await;
    event(&mut events).await;
    drop(events);
    sent.recv().await.unwrap()
}
