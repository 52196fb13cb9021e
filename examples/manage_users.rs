//! Creates a user with a role and a department, and finds, suspends and deletes the user.
//!
//! `cargo run --features management,sandbox --example manage_users`
//!
//! With an access key in `GENAUTH_ACCESS_KEY_ID` and `GENAUTH_ACCESS_KEY_SECRET`, it works on that user pool instead of
//! the sandbox; it deletes everything that it has created.

use futures_util::TryStreamExt;
use genauth::management::types::{HasRoleRolesDto, TargetDto, TargetType};
use genauth::sandbox::Sandbox;
use genauth::types::UserStatus;
use genauth::{ApiCode, ManagementClient};
use serde_json::json;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    let management = match std::env::var_os("GENAUTH_ACCESS_KEY_ID") {
        Some(_) => ManagementClient::from_env()?,
        None => sandbox.management_client()?,
    };

    let organization = management.create_organization(json!({}), "Example Inc.", "example-inc").await?;
    let sales = management.create_department("example-inc", "Sales", &organization.department_id, json!({})).await?;
    management.create_role("seller").name("Seller").await?;

    let user = management.create_user().username("lin").email("lin@example.com").department_ids([&sales.department_id]);
    let user = user.await?;
    println!("created {}, in department {}", user.user_id, sales.name);

    // The role is the department's, and so the user's.
    let department = TargetDto::new(TargetType::Department, &sales.department_id);
    management.assign_role([department], "seller").await?;
    let roles = management.has_any_role([HasRoleRolesDto::new("seller")], &user.user_id).await?;
    println!("is a seller: {}", roles.has_any_role);

    let mut users = management.list_users().keywords("lin").items();
    while let Some(user) = users.try_next().await? {
        println!("found {:?}, {:?}", user.username, user.status);
    }

    let suspended = management.update_user(&user.user_id).status(UserStatus::Suspended).await?;
    println!("now {:?}", suspended.status);

    management.delete_users_batch([&user.user_id]).await?;
    management.delete_roles_batch(["seller"]).await?;
    management.delete_department("example-inc", &sales.department_id).await?;
    management.delete_organization("example-inc").await?;
    match management.get_user(&user.user_id).await {
        Err(error) if error.api_code() == Some(ApiCode::USER_NOT_FOUND) => println!("deleted"),
        other => println!("not deleted: {other:?}"),
    }
    Ok(())
}
