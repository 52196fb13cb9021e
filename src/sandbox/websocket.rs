//! Opening a line over which events come.

use std::collections::HashMap;
use std::pin::pin;

use axum::extract::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures_util::future::select;

use super::error::Refusal;
use super::handle::Running;
use super::router::refuse;

/// Answers a request for a line. Here, unlike elsewhere, the HTTP status says no.
pub fn subscribe(
    running: Running,
    parameters: &HashMap<String, String>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let mut state = running.state();
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(rejection) => return rejection.into_response(),
    };
    if let Some(status) = state.lines.refusals.pop_front() {
        return refuse(&mut state, status, &Refusal::new(status.as_u16().into(), "refused as ordered"));
    }
    let (Some(code), Some(token)) = (parameters.get("code"), parameters.get("token")) else {
        let refusal = Refusal::malformed("`code` or `token` is missing");
        return refuse(&mut state, StatusCode::BAD_REQUEST, &refusal);
    };
    if state.access_token(token).is_none_or(|token| token.device_id.is_none()) {
        let refusal = Refusal::not_signed_in("the access token is not valid");
        return refuse(&mut state, StatusCode::UNAUTHORIZED, &refusal);
    }
    let serve = state.lines.open(code);
    drop(state);
    upgrade.on_upgrade(async |socket| {
        select(serve(socket), pin!(running.stopped())).await;
    })
}
