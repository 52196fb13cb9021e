//! Sign-in by a QR code.

use std::time::Duration;

use genauth::sandbox::Sandbox;
use genauth::types::{ChangeQrCodeStatusAction, CheckQrCodeStatusDataStatus, GenerateQrcodeType};
use genauth::{AuthenticationClient, Secret};

/// A sandbox, a page's client and an app's client, and the id of a new code.
async fn start() -> (Sandbox, AuthenticationClient, AuthenticationClient, String) {
    let sandbox = Sandbox::start().await.unwrap();
    let page = sandbox.client().unwrap();
    let app = page.with_access_token(sandbox.issue_access_token());
    let code = page.gene_qr_code(GenerateQrcodeType::MobileApp).await.unwrap();
    assert!(code.url.starts_with("data:image/png;base64,"), "{}", code.url);
    (sandbox, page, app, code.qrcode_id)
}

async fn status(page: &AuthenticationClient, id: &str) -> (CheckQrCodeStatusDataStatus, Option<Secret>) {
    let status = page.get_qr_code_status(id).await.unwrap();
    (status.status, status.ticket)
}

#[tokio::test]
async fn scanned_and_confirmed_code_is_exchanged_once() {
    let (_sandbox, page, app, id) = start().await;
    assert_eq!(status(&page, &id).await.0, CheckQrCodeStatusDataStatus::Pending);
    app.set_qr_code_status(&id, ChangeQrCodeStatusAction::Confirm).await.expect_err("nobody scanned the code");
    app.set_qr_code_status(&id, ChangeQrCodeStatusAction::Scan).await.unwrap();
    let scanned = page.get_qr_code_status(&id).await.unwrap();
    assert_eq!(scanned.status, CheckQrCodeStatusDataStatus::Scanned);
    assert_eq!(scanned.brief_user_info.unwrap().display_name.as_deref(), Some("Sandbox user"));
    app.set_qr_code_status(&id, ChangeQrCodeStatusAction::Confirm).await.unwrap();
    let (status, ticket) = status(&page, &id).await;
    assert_eq!(status, CheckQrCodeStatusDataStatus::Authorized);

    let ticket = ticket.unwrap();
    let tokens = page.exchange_token_set_with_qr_code_ticket(ticket.expose_secret()).await.unwrap();
    let user = page.with_access_token(tokens.access_token).get_profile().await.unwrap();
    assert_eq!(user.username.as_deref(), Some("sandbox-user"));
    page.exchange_token_set_with_qr_code_ticket(ticket.expose_secret()).await.expect_err("a ticket works once");
}

#[tokio::test]
async fn code_is_canceled_or_expires() {
    let (sandbox, page, app, id) = start().await;
    app.set_qr_code_status(&id, ChangeQrCodeStatusAction::Scan).await.unwrap();
    app.set_qr_code_status(&id, ChangeQrCodeStatusAction::Cancel).await.unwrap();
    assert_eq!(status(&page, &id).await.0, CheckQrCodeStatusDataStatus::Cancelled);
    let id = page.gene_qr_code(GenerateQrcodeType::MobileApp).await.unwrap().qrcode_id;
    sandbox.advance_clock(Duration::from_secs(121));
    assert_eq!(status(&page, &id).await.0, CheckQrCodeStatusDataStatus::Expired);
    app.set_qr_code_status(&id, ChangeQrCodeStatusAction::Scan).await.expect_err("the code has expired");
}
