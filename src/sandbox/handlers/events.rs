//! Publishing events.

use super::Outcome;
use crate::sandbox::state::State;
use crate::sandbox::validation::Request;

/// Hands an event on to those who subscribe to its code.
pub fn publish(state: &mut State, request: &Request) -> Outcome {
    #[cfg(feature = "events")]
    if let (Some(code), Some(data)) = (request.body["eventType"].as_str(), request.body["eventData"].as_str()) {
        state.lines.publish(code, data);
    }
    #[cfg(not(feature = "events"))]
    let _ = state;
    Ok(request.example.clone())
}
