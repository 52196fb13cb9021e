//! What people see of the sandbox, and of a backend that logs them in there, in headless Chromium.
//!
//! Needs Node, Chromium, and once `npm ci --prefix tests/browser`; see CONTRIBUTING.md.

mod example;
mod script;

use example::Example;
use genauth::sandbox::Sandbox;
use genauth::types::{SignUpByPasswordDto, SignUpConnection};

#[tokio::test]
async fn a_call_that_is_tried_in_the_explorer_appears_among_the_calls() {
    let sandbox = Sandbox::start().await.unwrap();
    script::run("pages.mjs", &[&sandbox.url()]).await;
}

#[tokio::test]
async fn users_log_in_at_a_backend_and_out_again() {
    let sandbox = Sandbox::start().await.unwrap();
    let user = SignUpByPasswordDto::new("correct-horse-42").username("lin");
    sandbox.client().unwrap().sign_up(SignUpConnection::Password).password_payload(user).await.unwrap();
    let backend = Example::start("axum_oidc", &sandbox);
    script::run("login.mjs", &[&backend.url, &sandbox.url(), "lin", "correct-horse-42"]).await;
}
