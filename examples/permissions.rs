//! Permits something to a user as an administrator, and checks it as that user.
//!
//! `cargo run --features management,sandbox --example permissions`

use futures_util::TryStreamExt;
use genauth::management::types::{DataPermissionEffect, DataStatementPermissionDto, DataSubjectType, SubjectDto};
use genauth::sandbox::Sandbox;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    let user = sandbox.client()?.with_access_token(sandbox.issue_access_token());
    permit_reading(&sandbox, &user.get_profile().await?.user_id).await?;

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

/// Permits reading one report to a user, by a role and a data policy.
async fn permit_reading(sandbox: &Sandbox, user_id: &str) -> genauth::Result<()> {
    let management = sandbox.management_client()?;
    management.create_permission_namespace("Finance", "finance").await?;
    management
        .create_data_resource_by_string(["read"], "/reports/q1", "quarterly-report", "Quarterly report", "finance")
        .await?;
    let statement = DataStatementPermissionDto::new(DataPermissionEffect::Allow, ["finance/quarterly-report/read"]);
    let policy = management.create_data_policy([statement], "read-reports").await?;
    management.authorize_data_policies([SubjectDto::new(user_id, DataSubjectType::User)], [policy.policy_id]).await
}
