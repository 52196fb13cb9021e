//! Received requests as server-sent events.

use std::convert::Infallible;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use axum::response::sse::{Event, Sse};
use futures_util::{StreamExt, stream};
use serde_json::json;

use crate::sandbox::http::handle::Handle;

/// Streams the requests in the log, and then each new one. A client that reconnects receives those that it has missed.
pub async fn stream(State(handle): State<Handle>, headers: HeaderMap) -> impl IntoResponse {
    let last_number = handle.state().request_log.last_number();
    let last_seen = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    // A number that is too high comes from another sandbox.
    let last_seen: u64 = last_seen.filter(|number| *number <= *last_number.borrow()).unwrap_or(0);
    let shutdown = handle.clone().shutdown();
    let requests = stream::unfold((handle, last_number, last_seen), async |(handle, mut last_number, last_seen)| {
        loop {
            last_number.mark_unchanged();
            let next = handle.state().request_log.after(last_seen).map(|it| (it.number, json!(it).to_string()));
            if let Some((number, request)) = next {
                let event = Event::default().id(number.to_string()).data(request);
                return Some((Ok::<_, Infallible>(event), (handle, last_number, number)));
            }
            last_number.changed().await.ok()?;
        }
    });
    Sse::new(Box::pin(requests).take_until(Box::pin(shutdown)))
}
