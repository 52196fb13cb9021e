//! What a mini program's backend needs: an endpoint that takes the phone button's code, and answers for the number.
//!
//! `cargo run --features sandbox --example axum_login` serves it on the embedded sandbox until Ctrl-C and prints a
//! `curl` line to try. With `--once` it makes that call itself and stops. With the `GENAUTH_*` variables set, it serves
//! it on that host.

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
const CODE_REFUSED: ApiCode = ApiCode(40029);

#[derive(Deserialize)]
struct Login {
    code: String,
}

#[derive(Serialize)]
struct LoggedIn {
    /// Enough to greet the user with; the whole number stays here.
    phone_ends_with: String,
}

/// Takes the code, gets the number, and says to the mini program what it can do about a failure.
async fn login(
    State(client): State<AuthenticationClient>,
    Json(Login { code }): Json<Login>,
) -> Result<Json<LoggedIn>, (StatusCode, &'static str)> {
    match client.get_wechat_miniprogram_phone(code, CONNECTION).await {
        Ok(phone) => {
            // Look up or create the user for `phone.phone_number` here, and begin a session.
            let digits: Vec<char> = phone.pure_phone_number.chars().collect();
            let phone_ends_with = digits[digits.len().saturating_sub(4)..].iter().collect();
            Ok(Json(LoggedIn { phone_ends_with }))
        }
        Err(error) if error.api_code() == Some(CODE_REFUSED) => {
            Err((StatusCode::UNPROCESSABLE_ENTITY, "tap the button again: this code is used or too old"))
        }
        Err(error) if error.is_throttled() => Err((StatusCode::TOO_MANY_REQUESTS, "try again in a minute")),
        Err(error) => {
            eprintln!("login failed: {error}");
            Err((
                if matches!(error, Error::Transport(_)) {
                    StatusCode::GATEWAY_TIMEOUT
                } else {
                    StatusCode::BAD_GATEWAY
                },
                "cannot log in right now",
            ))
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
            let answer = reqwest::Client::new().post(&url).json(&serde_json::json!({ "code": code })).send().await?;
            println!("{attempt} time: {} {}", answer.status(), answer.text().await?);
        }
        return Ok(());
    }
    println!("curl -H 'content-type: application/json' -d '{{\"code\":\"{code}\"}}' {url}");
    server.await?;
    Ok(())
}
