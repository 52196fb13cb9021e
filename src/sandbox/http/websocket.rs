//! The WebSocket connections of event subscribers.

use std::collections::HashMap;
use std::pin::pin;

use axum::extract::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{Message, WebSocket};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use futures_util::future::{Either, select};
use tokio::sync::mpsc;

use super::handle::Handle;
use super::operation::Operation;
use crate::sandbox::handlers::error::ApiError;
use crate::sandbox::idp::tokens;
use crate::sandbox::store::event_hub::Command;
use crate::sandbox::store::state::State;
#[cfg(feature = "management")]
use crate::spec::SecurityScheme;

/// Upgrades the connection, or rejects the subscription with an HTTP status, which other operations do not.
pub fn subscribe(
    operation: &Operation,
    handle: Handle,
    parameters: &HashMap<String, String>,
    head: &Parts,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let mut state = handle.state();
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(rejection) => return rejection.into_response(),
    };
    if let Some(status) = state.event_hub.rejections.pop_front() {
        return ApiError::new(status.as_u16(), "the subscription is rejected").into_envelope(status, &mut state);
    }
    let Some(event_type) = parameters.get("code") else {
        let error = ApiError::malformed("`code` is missing");
        return error.into_envelope(StatusCode::BAD_REQUEST, &mut state);
    };
    if let Err(error) = authenticate(operation, parameters, head, &state) {
        let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::UNAUTHORIZED);
        return error.into_envelope(status, &mut state);
    }
    let subscription = state.event_hub.subscribe(event_type);
    drop(state);
    upgrade.on_upgrade(async |socket| {
        let shutdown = pin!(handle.shutdown());
        let closed = select(subscription.closed, shutdown);
        select(closed, pin!(serve(socket, subscription.commands))).await;
    })
}

/// Checks the access token in the query, or the signature of the management API.
#[cfg_attr(not(feature = "management"), allow(unused_variables))]
fn authenticate(
    operation: &Operation,
    parameters: &HashMap<String, String>,
    head: &Parts,
    state: &State,
) -> Result<(), ApiError> {
    #[cfg(feature = "management")]
    if operation.spec.security.contains(&SecurityScheme::AccessKeySignature) {
        return super::access_key::authenticate_handshake(&head.headers);
    }
    let token = parameters.get("token").ok_or_else(|| ApiError::malformed("`token` is missing"))?;
    let is_valid = tokens::find_access_token(state, token).is_some_and(|token| token.device_id.is_some());
    if is_valid { Ok(()) } else { Err(ApiError::unauthenticated("the access token is not valid")) }
}

/// Sends events until the subscriber closes the connection.
async fn serve(mut socket: WebSocket, mut commands: mpsc::Receiver<Command>) {
    loop {
        let next = match select(pin!(commands.recv()), pin!(socket.recv())).await {
            Either::Left((command, _)) => Either::Left(command),
            Either::Right((message, _)) => Either::Right(message),
        };
        match next {
            Either::Left(Some(Command::Send(payload))) => {
                if socket.send(Message::Text(payload)).await.is_err() {
                    return;
                }
            }
            Either::Left(Some(Command::Stall)) => while commands.recv().await.is_some() {},
            Either::Right(Some(Ok(_))) => {}
            Either::Left(None) | Either::Right(None | Some(Err(_))) => return,
        }
    }
}
