//! The devices that a user is signed in on.

use serde_json::{Value, json};

use super::{Outcome, done, payload, with_data};
use crate::sandbox::clock::iso8601;
use crate::sandbox::error::Refusal;
use crate::sandbox::state::State;
use crate::sandbox::validation::Request;

const DEFAULT_LIMIT: u64 = 10;
const MOST: u64 = 50;

/// One page of the devices, the latest sign-in first.
pub fn list(state: &mut State, request: &Request) -> Outcome {
    let page = request.parameters["page"].as_u64().unwrap_or(1).max(1);
    let limit = request.parameters["limit"].as_u64().unwrap_or(DEFAULT_LIMIT).min(MOST);
    let skipped = usize::try_from((page - 1).saturating_mul(limit)).unwrap_or(usize::MAX);
    let now = state.now();
    let sessions = state.sessions.of(&request.caller()?.user_id);
    let devices = sessions.skip(skipped).zip(0..limit).map(|(session, _)| {
        json!({
            "device": {
                "deviceId": session.device_id,
                "name": "Sandbox device",
                "type": "Browser",
                "status": "activated",
            },
            "lastLoginTime": iso8601(session.started),
            "online": session.is_open(now),
        })
    });
    Ok(with_data(Value::Array(devices.collect())))
}

/// Ends the session on a device.
pub fn sign_out(state: &mut State, request: &Request) -> Outcome {
    let device_id = payload::text(&request.body, "deviceId")?;
    found(state.sessions.end(&request.caller()?.user_id, device_id))
}

/// Takes a device off the list, which ends its session too.
pub fn forget(state: &mut State, request: &Request) -> Outcome {
    let device_id = payload::text(&request.body, "deviceId")?;
    found(state.sessions.remove(&request.caller()?.user_id, device_id))
}

fn found(found: bool) -> Outcome {
    if found { Ok(done()) } else { Err(Refusal::new(404, "the user has no such device")) }
}
