//! The sandbox's pages, and the login at an example backend, in headless Chromium.
//!
//! Requires Node, Chromium, and `npm ci --prefix tests/browser`; see CONTRIBUTING.md.

mod example;
mod script;

use example::Example;
use genauth::sandbox::Sandbox;
use genauth::types::{SignUpByPasswordDto, SignUpConnection};

#[tokio::test]
async fn request_sent_in_explorer_appears_on_requests_page() {
    let sandbox = Sandbox::start().await.unwrap();
    script::run("pages.mjs", &[&sandbox.url()]).await;
}

#[tokio::test]
async fn user_logs_in_at_backend_and_out() {
    let sandbox = Sandbox::start().await.unwrap();
    let user = SignUpByPasswordDto::new("correct-horse-42").username("lin");
    sandbox.client().unwrap().sign_up(SignUpConnection::Password).password_payload(user).await.unwrap();
    let backend = Example::start("axum_oidc", &sandbox);
    script::run("login.mjs", &[&backend.url, &sandbox.url(), "lin", "correct-horse-42"]).await;
}
