//! Signs up, and signs in with a password and with a pass code.
//!
//! `cargo run --features sandbox --example sign_in`

use genauth::ApiCode;
use genauth::sandbox::Sandbox;
use genauth::types::SendEmailChannel;

const EMAIL: &str = "lin@example.com";

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    let client = sandbox.client()?;

    let user = client.sign_up_by_email_password(EMAIL, "correct horse").await?;
    println!("signed up as {}", user.user_id);

    match client.sign_in_by_email_password(EMAIL, "wrong horse").await {
        Err(error) if error.api_code() == Some(ApiCode::WRONG_CREDENTIALS) => println!("rejected: {error}"),
        other => return Err(format!("a wrong password must be rejected, got {other:?}").into()),
    }

    let tokens = client.sign_in_by_email_password(EMAIL, "correct horse").await?;
    println!("signed in with a password; the access token expires in {:?} s", tokens.expire_in);

    client.send_email(SendEmailChannel::Login, EMAIL).await?;
    let code = sandbox.last_pass_code(EMAIL).ok_or("no pass code was sent")?;
    client.sign_in_by_email_passcode(EMAIL, code).await?;
    println!("signed in with a pass code");
    Ok(())
}
