//! Checks the signed-in user's permissions, and lists roles and departments.
//!
//! `cargo run --features sandbox --example permissions`

use futures_util::TryStreamExt;
use genauth::sandbox::Sandbox;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    let user = sandbox.client()?.with_access_token(sandbox.issue_access_token());

    let checked = user.check_permission_by_string_resource(["quarterly-report", "payroll-report"], "read").await?;
    for resource in checked.check_result_list {
        println!("{} {}: {}", resource.action, resource.resource, if resource.enabled { "yes" } else { "no" });
    }

    for role in user.get_role_list().await? {
        println!("role {}", role.code);
    }

    let mut departments = user.get_department_list().limit(20).items();
    while let Some(department) = departments.try_next().await? {
        println!("department {:?}", department.name);
    }
    Ok(())
}
