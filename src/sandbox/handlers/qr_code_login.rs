//! Sign-in by a QR code that the user scans with a phone.

use serde_json::{Value, json};

use super::error::ApiError;
use super::request::Request;
use super::{HandlerResult, ok, payload, qr_code, sign_in};
use crate::sandbox::idp::tokens::DEFAULT_SCOPE;
use crate::sandbox::store::login_qr_codes::QrCodeStatus;
use crate::sandbox::store::state::State;

/// Creates a code of any type; only the app's side is emulated.
pub fn create(state: &mut State, _: &Request) -> HandlerResult {
    let (id, now) = (state.token("qr-code"), state.now());
    let url = qr_code::data_url(&id)?;
    state.login_qr_codes.create(id.clone(), now);
    Ok(ok(json!({ "qrcodeId": id, "url": url })))
}

/// An unknown code is one that has expired.
pub fn status(state: &mut State, request: &Request) -> HandlerResult {
    let id = request.parameters["qrcodeId"].as_str().unwrap_or_default();
    let status = match state.login_qr_codes.status(id, state.now()) {
        None => json!({ "status": "EXPIRED" }),
        Some(QrCodeStatus::Pending) => json!({ "status": "PENDING" }),
        Some(QrCodeStatus::Scanned(user_id)) => scanned(state, "SCANNED", &user_id),
        Some(QrCodeStatus::Canceled(user_id)) => scanned(state, "CANCELLED", &user_id),
        Some(QrCodeStatus::Authorized { user_id, ticket }) => {
            let mut status = scanned(state, "AUTHORIZED", &user_id);
            status["ticket"] = ticket.into();
            status
        }
    };
    Ok(ok(status))
}

fn scanned(state: &State, status: &str, user_id: &str) -> Value {
    let user = state.users.get(user_id).map(|user| user.to_json()).unwrap_or_default();
    let name = ["name", "nickname", "username"].into_iter().find_map(|property| user[property].as_str());
    let mut brief = json!({});
    for (property, value) in [("displayName", name), ("photo", user["photo"].as_str())] {
        if let Some(value) = value {
            brief[property] = value.into();
        }
    }
    json!({ "status": status, "briefUserInfo": brief })
}

/// The app's user scans the code, then confirms or cancels the sign-in.
pub fn change_status(state: &mut State, request: &Request) -> HandlerResult {
    let user_id = request.principal()?.user_id.clone();
    let (id, now) = (payload::require_string(&request.body, "qrcodeId")?, state.now());
    let current = state.login_qr_codes.status(id, now);
    let current = current.ok_or_else(|| ApiError::malformed("qrcodeId: unknown or expired"))?;
    let status = match (request.body["action"].as_str(), current) {
        (Some("SCAN"), QrCodeStatus::Pending) => QrCodeStatus::Scanned(user_id),
        (Some("CONFIRM"), QrCodeStatus::Scanned(scanned_by)) if scanned_by == user_id => {
            QrCodeStatus::Authorized { user_id, ticket: state.token("qr-code-ticket") }
        }
        (Some("CANCEL"), QrCodeStatus::Scanned(scanned_by)) if scanned_by == user_id => QrCodeStatus::Canceled(user_id),
        _ => return Err(ApiError::malformed("action: not possible in the code's status, or for this user")),
    };
    state.login_qr_codes.set_status(id, status, now);
    Ok(request.example())
}

/// Exchanges the ticket of a confirmed code for tokens.
pub fn exchange_ticket(state: &mut State, request: &Request) -> HandlerResult {
    let (ticket, now) = (payload::require_string(&request.body, "ticket")?, state.now());
    let user_id = state.login_qr_codes.take_ticket(ticket, now);
    let user_id = user_id.ok_or_else(|| ApiError::malformed("ticket: wrong, used or expired"))?;
    state.count_sign_in(&user_id);
    Ok(ok(sign_in::issue_tokens(state, &user_id, DEFAULT_SCOPE)?))
}
