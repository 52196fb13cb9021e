//! Asking a stream for its items, one kind after the other.

use std::time::Duration;

use futures_util::StreamExt;
use genauth::events::{Event, EventStream, EventStreamError, EventStreamItem, Gap};
use genauth::sandbox::Sandbox;
use genauth::{AuthenticationClient, Error};
use tokio::sync::mpsc;

use crate::websocket_server::LineServer;

/// Attempts follow one another at once.
pub fn at_once(events: EventStream) -> EventStream {
    events.pauses(Duration::ZERO, Duration::ZERO)
}

/// A client whose user is signed in.
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
        other => panic!("no event: {other:?}"),
    }
}

pub async fn gap(events: &mut EventStream) -> Gap {
    match next(events).await {
        EventStreamItem::Gap(gap) => gap,
        other => panic!("no gap: {other:?}"),
    }
}

pub async fn lost(events: &mut EventStream) -> Error {
    match next(events).await {
        EventStreamItem::Disconnected(error) => error,
        other => panic!("not lost: {other:?}"),
    }
}

/// Why the line itself was lost.
pub async fn line_lost(events: &mut EventStream) -> EventStreamError {
    match lost(events).await {
        Error::EventStream(error) => error,
        other => panic!("lost otherwise: {other:?}"),
    }
}

/// The error that ends the stream, after which nothing comes.
pub async fn end(events: &mut EventStream) -> Error {
    let error = match events.next().await {
        Some(Err(error)) => error,
        other => panic!("it goes on: {other:?}"),
    };
    for _ in 0..2 {
        assert!(events.next().await.is_none(), "more came after {error}");
    }
    error
}

/// What a client says until it is dropped, having been sent these frames, with one event among them.
pub async fn last_words(frames: Vec<u8>) -> Vec<u8> {
    let (sender, mut said) = mpsc::unbounded_channel();
    let server = LineServer::start(move |_, mut peer| {
        let (sender, frames) = (sender.clone(), frames.clone());
        async move {
            peer.accept().await;
            peer.send(&frames).await;
            sender.send(peer.gone().await).unwrap();
        }
    })
    .await;
    let mut events = server.builder().build().unwrap().events("user.updated");
    connected(&mut events).await;
    event(&mut events).await;
    drop(events);
    said.recv().await.unwrap()
}
