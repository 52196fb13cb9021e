//! What people see of the sandbox, in headless Chromium.
//!
//! Needs Node, Chromium, and once `npm ci --prefix tests/browser`; see CONTRIBUTING.md.

mod script;

use genauth::sandbox::Sandbox;

#[tokio::test]
async fn a_call_that_is_tried_in_the_explorer_appears_among_the_calls() {
    let sandbox = Sandbox::start().await.unwrap();
    script::run("pages.mjs", &sandbox.url()).await;
}
