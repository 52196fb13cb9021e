//! Exchanges the code of a WeChat mini program's phone button for the phone number.
//!
//! `cargo run --features sandbox --example phone_number` runs on the sandbox. With `GENAUTH_APP_ID` and
//! `GENAUTH_APP_HOST` set, `… --example phone_number -- CODE CONNECTION` calls that host.

use std::env;

use genauth::sandbox::Sandbox;
use genauth::{AuthenticationClient, Result};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match &*arguments {
        [] => run_on_sandbox().await,
        [code, connection] => {
            println!("calling {} …", env::var("GENAUTH_APP_HOST").unwrap_or_default());
            show(&AuthenticationClient::from_env()?, code, connection).await?;
            Ok(())
        }
        _ => Err("usage: phone_number [CODE CONNECTION]".into()),
    }
}

async fn run_on_sandbox() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    let client = sandbox.client()?;

    let code = sandbox.issue_phone_code("+8618812348888");
    show(&client, &code, "my-wxapp").await?;

    println!("the same code again:");
    let error = client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.expect_err("a code works only once");
    println!("  {error}");
    Ok(())
}

async fn show(client: &AuthenticationClient, code: &str, connection: &str) -> Result<()> {
    let phone = client.get_wechat_miniprogram_phone(code, connection).await?;
    println!("phone number:  {}", phone.phone_number);
    let country_code = phone.country_code.as_deref().unwrap_or("unknown");
    println!("  without code: {}, country code: {country_code}", phone.pure_phone_number);
    if let Some(watermark) = phone.watermark {
        println!("  mini program: {}, issued at {} (Unix time)", watermark.appid, watermark.timestamp);
    }
    Ok(())
}
