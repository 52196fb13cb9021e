//! The calls as they come, as server-sent events.

use std::convert::Infallible;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use axum::response::sse::{Event, Sse};
use futures_util::{StreamExt, stream};
use serde_json::json;

use crate::sandbox::handle::Running;

/// The calls that are kept, and then each new one; after a break, those that came meanwhile.
pub async fn calls(State(running): State<Running>, headers: HeaderMap) -> impl IntoResponse {
    let newest = running.state().calls.newest();
    let seen = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    // A later number than there is comes from another sandbox.
    let seen: u64 = seen.filter(|seen| *seen <= *newest.borrow()).unwrap_or(0);
    let stopped = running.clone().stopped();
    let calls = stream::unfold((running, newest, seen), async |(running, mut newest, seen)| {
        loop {
            newest.mark_unchanged();
            let next = running.state().calls.after(seen).map(|call| (call.number, json!(call).to_string()));
            if let Some((number, call)) = next {
                let event = Event::default().id(number.to_string()).data(call);
                return Some((Ok::<_, Infallible>(event), (running, newest, number)));
            }
            newest.changed().await.ok()?;
        }
    });
    Sse::new(Box::pin(calls).take_until(Box::pin(stopped)))
}
