//! Publishing of events.

use super::HandlerResult;
use super::request::Request;
use crate::sandbox::store::state::State;

/// Publishes an event to the subscribers of its type.
pub fn publish(state: &mut State, request: &Request) -> HandlerResult {
    #[cfg(feature = "events")]
    if let (Some(event_type), Some(data)) = (request.body["eventType"].as_str(), request.body["eventData"].as_str()) {
        state.event_hub.publish(event_type, data);
    }
    #[cfg(not(feature = "events"))]
    let _ = state;
    Ok(request.example())
}
