//! The backend of a WeChat mini program: an endpoint that exchanges the phone button's code for the phone number.
//!
//! `cargo run --features sandbox --example axum_login` serves it on a sandbox until Ctrl-C, and prints a `curl` command to
//! try. With `--once` it sends that request itself and exits. With the `GENAUTH_*` variables set, it uses that host instead.

use std::env;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use genauth::sandbox::Sandbox;
use genauth::{ApiCode, AuthenticationClient, Error};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

const CONNECTION: &str = "my-wxapp";

#[derive(Deserialize)]
struct Login {
    code: String,
}

#[derive(Serialize)]
struct LoggedIn {
    /// Enough to greet the user with; the full number stays on the server.
    phone_ends_with: String,
}

/// Exchanges the code for the phone number, or responds with what the mini program can do about the error.
async fn login(
    State(client): State<AuthenticationClient>,
    Json(Login { code }): Json<Login>,
) -> Result<Json<LoggedIn>, (StatusCode, &'static str)> {
    match client.get_wechat_miniprogram_phone(code, CONNECTION).await {
        Ok(phone) => {
            // Find or create the user with `phone.phone_number` here, and start a session.
            let digits: Vec<char> = phone.pure_phone_number.chars().collect();
            let phone_ends_with = digits[digits.len().saturating_sub(4)..].iter().collect();
            Ok(Json(LoggedIn { phone_ends_with }))
        }
        Err(error) if error.api_code() == Some(ApiCode::WECHAT_INVALID_CODE) => {
            Err((StatusCode::UNPROCESSABLE_ENTITY, "tap the button again: the code is used or expired"))
        }
        Err(error) if error.is_throttled() => Err((StatusCode::TOO_MANY_REQUESTS, "try again in a minute")),
        Err(error) => {
            eprintln!("login failed: {error}");
            let status = match error {
                Error::Transport(_) => StatusCode::GATEWAY_TIMEOUT,
                _ => StatusCode::BAD_GATEWAY,
            };
            Err((status, "login failed: try again later"))
        }
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = match env::var_os("GENAUTH_APP_HOST") {
        Some(_) => None,
        None => Some(Sandbox::start().await?),
    };
    let client = match &sandbox {
        Some(sandbox) => sandbox.client()?,
        None => AuthenticationClient::from_env()?,
    };

    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let url = format!("http://{}/login", listener.local_addr()?);
    let server = axum::serve(listener, Router::new().route("/login", post(login)).with_state(client));
    let code = sandbox.as_ref().map_or("CODE".into(), |sandbox| sandbox.issue_phone_code("+8618812348888"));

    if env::args().any(|argument| argument == "--once") {
        tokio::spawn(server.into_future());
        for attempt in ["first", "second"] {
            let response = reqwest::Client::new().post(&url).json(&serde_json::json!({ "code": code })).send().await?;
            println!("{attempt} time: {} {}", response.status(), response.text().await?);
        }
        return Ok(());
    }
    println!("curl -H 'content-type: application/json' -d '{{\"code\":\"{code}\"}}' {url}");
    server.await?;
    Ok(())
}
