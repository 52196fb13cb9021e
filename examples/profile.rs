//! Reading and changing a user's profile, with a handle of the user's own.
//!
//! `cargo run --features sandbox --example profile`

use genauth::sandbox::Sandbox;
use genauth::types::UserGender;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    let client = sandbox.client()?;

    // A server gets the token from its user's request; the handle is cheap and shares the client's connections.
    let user = client.with_access_token(sandbox.issue_access_token());

    let before = user.get_profile().await?;
    println!("{}: nickname {:?}", before.user_id, before.nickname);

    user.update_profile().nickname("Lin").gender(UserGender::Female).city("Hangzhou").await?;

    let after = user.get_profile().with_custom_data(true).await?;
    println!("{}: nickname {:?}, city {:?}", after.user_id, after.nickname, after.city);
    if let Some(updated) = after.updated_at {
        println!("changed at {updated}");
    }

    let signed_out = client.get_profile().await.expect_err("nobody is signed in");
    println!("without a token: {signed_out}");
    Ok(())
}
