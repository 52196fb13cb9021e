//! Reads and updates a user's profile, with a client for that user.
//!
//! `cargo run --features sandbox --example profile`

use genauth::sandbox::Sandbox;
use genauth::types::UserGender;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    let client = sandbox.client()?;

    // A server gets the token from its user's request; the clone is cheap and shares the connection pool.
    let user = client.with_access_token(sandbox.issue_access_token());

    let before = user.get_profile().await?;
    println!("{}: nickname {:?}", before.user_id, before.nickname);

    user.update_profile().nickname("Lin").gender(UserGender::Female).city("Hangzhou").await?;

    let after = user.get_profile().with_custom_data(true).await?;
    println!("{}: nickname {:?}, city {:?}", after.user_id, after.nickname, after.city);
    if let Some(updated) = after.updated_at {
        println!("updated at {updated}");
    }

    let error = client.get_profile().await.expect_err("the access token is missing");
    println!("without a token: {error}");
    Ok(())
}
