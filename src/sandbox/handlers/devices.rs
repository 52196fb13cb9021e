//! The devices on which a user is signed in.

use serde_json::{Value, json};

use super::error::ApiError;
use super::request::Request;
use super::{HandlerResult, ok, ok_empty, payload};
use crate::sandbox::store::clock::iso8601;
use crate::sandbox::store::state::State;

const DEFAULT_LIMIT: u64 = 10;
const MAX_LIMIT: u64 = 50;

/// One page of the devices, the latest sign-in first.
pub fn list(state: &mut State, request: &Request) -> HandlerResult {
    let page = request.parameters["page"].as_u64().unwrap_or(1).max(1);
    let limit = request.parameters["limit"].as_u64().unwrap_or(DEFAULT_LIMIT).min(MAX_LIMIT);
    let skipped = usize::try_from((page - 1).saturating_mul(limit)).unwrap_or(usize::MAX);
    let now = state.now();
    let sessions = state.sessions.of_user(&request.principal()?.user_id);
    let devices = sessions.skip(skipped).zip(0..limit).map(|(session, _)| {
        json!({
            "device": {
                "deviceId": session.device_id,
                "name": "Sandbox device",
                "type": "Browser",
                "status": "activated",
            },
            "lastLoginTime": iso8601(session.started_at),
            "online": session.is_online(now),
        })
    });
    Ok(ok(Value::Array(devices.collect())))
}

/// Ends the session on a device.
pub fn sign_out(state: &mut State, request: &Request) -> HandlerResult {
    let device_id = payload::require_string(&request.body, "deviceId")?;
    ok_if_found(state.sessions.end(&request.principal()?.user_id, device_id))
}

/// Removes a device, which ends its session too.
pub fn remove(state: &mut State, request: &Request) -> HandlerResult {
    let device_id = payload::require_string(&request.body, "deviceId")?;
    let now = state.now();
    ok_if_found(state.sessions.remove(&request.principal()?.user_id, device_id, now))
}

fn ok_if_found(found: bool) -> HandlerResult {
    if found { Ok(ok_empty()) } else { Err(ApiError::new(404, "the user has no such device")) }
}
