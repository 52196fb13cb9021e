//! A sandbox for programs in any language, until Ctrl-C. What it prints are variables for their environment.
//!
//! `cargo run --features sandbox --example sandbox`

use genauth::sandbox::Sandbox;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let sandbox = Sandbox::start().await?;
    println!("GENAUTH_APP_HOST={}", sandbox.url());
    println!("GENAUTH_APP_ID={}", sandbox.app_id());
    println!("GENAUTH_APP_SECRET={}", sandbox.app_secret());
    tokio::signal::ctrl_c().await
}
