//! An administrator creates an organization and a user, the user sees it, and everything is deleted.

use futures_util::TryStreamExt;
use genauth::management::types::{
    DataPermissionEffect, DataStatementPermissionDto, DataSubjectType, HasRoleRolesDto, SubjectDto, TargetDto,
    TargetType,
};
use genauth::sandbox::Sandbox;
use genauth::types::{AuthorizedResourceType, OauthGrantType, UserStatus};
use genauth::{ApiCode, ApiStatus};
use serde_json::json;

#[tokio::test]
async fn user_sees_what_the_administrator_set() {
    let sandbox = Sandbox::start().await.unwrap();
    let management = sandbox.management_client().unwrap();

    // What there is.
    let organization = management.create_organization(json!({}), "Example Inc.", "example-inc").await.unwrap();
    let department = management
        .create_department("example-inc", "Accounting", &organization.department_id, json!({}))
        .await
        .unwrap();
    let role = management.create_role("auditor").name("Auditor").namespace("finance").await.unwrap();
    assert_eq!((&*role.code, role.namespace.as_deref()), ("auditor", Some("finance")));
    let group = management.create_group("static", "Everybody", "Everybody", "everybody").await.unwrap();
    management.create_namespace("finance").name("Finance").await.unwrap();
    management.create_resource(AuthorizedResourceType::Data, "reports").namespace("finance").await.unwrap();
    management.create_permission_namespace("Finance", "finance").await.unwrap();
    management
        .create_data_resource_by_string(["read", "write"], "/reports", "reports", "Reports", "finance")
        .await
        .unwrap();
    let statement = DataStatementPermissionDto::new(DataPermissionEffect::Allow, ["finance/reports/read"]);
    let policy = management.create_data_policy([statement], "read-reports").await.unwrap();

    // Who has it.
    let user = management.create_user().username("lin").password("a-password").email("lin@example.com").await.unwrap();
    management.add_department_members([&*user.user_id], "example-inc", &department.department_id).await.unwrap();
    management.add_group_members([&*user.user_id], &group.code).await.unwrap();
    let target = TargetDto::new(TargetType::Department, &department.department_id);
    management.assign_role([target], "auditor").namespace("finance").await.unwrap();
    let subject = SubjectDto::new("auditor", DataSubjectType::Role);
    management.authorize_data_policies([subject], [&*policy.policy_id]).await.unwrap();

    // What the user sees.
    let client = sandbox.client().unwrap();
    let tokens = client.sign_in_by_username_password("lin", "a-password").await.unwrap();
    let own = client.with_access_token(tokens.access_token);
    let roles = own.get_role_list().await.unwrap();
    assert_eq!(roles.iter().map(|role| &*role.code).collect::<Vec<_>>(), ["auditor"]);
    assert_eq!(own.get_group_list().await.unwrap()[0].code, "everybody");
    let departments: Vec<_> = own.get_department_list().items().try_collect().await.unwrap();
    assert_eq!(departments[0].department_id, department.department_id);
    let has = |code: &str| {
        let roles = [HasRoleRolesDto::new(code).namespace("finance")];
        management.has_any_role(roles, &user.user_id)
    };
    assert!(has("auditor").await.unwrap().has_any_role);
    assert!(!has("director").await.unwrap().has_any_role);
    for (action, permitted) in [("read", true), ("write", false)] {
        let results = own.check_permission_by_string_resource(["reports"], action).await.unwrap();
        assert_eq!(results.check_result_list[0].enabled, permitted, "{action}");
        let results = management.check_permission(["reports"], action, &user.user_id, "finance").await.unwrap();
        assert_eq!(results.check_result_list[0].enabled, permitted, "{action}, asked by the administrator");
    }

    // Taking it away.
    management.set_user_departments(&user.user_id, []).await.unwrap();
    assert!(own.get_role_list().await.unwrap().is_empty());
    assert!(!own.check_permission_by_string_resource(["reports"], "read").await.unwrap().check_result_list[0].enabled);

    // Suspending the user.
    management.update_user(&user.user_id).status(UserStatus::Suspended).await.unwrap();
    let suspended = client.sign_in_by_username_password("lin", "a-password").await.unwrap_err();
    assert_eq!(suspended.api_code(), Some(ApiCode::USER_SUSPENDED_OR_NOT_IN_TENANT));
    own.get_profile().await.unwrap_err();
    management.update_user(&user.user_id).status(UserStatus::Activated).await.unwrap();
    client.sign_in_by_username_password("lin", "a-password").await.unwrap();

    // Deleting everything.
    management.delete_users_batch([&*user.user_id]).await.unwrap();
    management.delete_data_policy(&policy.policy_id).await.unwrap();
    management.delete_data_resource("reports", "finance").await.unwrap();
    management.delete_permission_namespace("finance").await.unwrap();
    management.delete_resource("reports").namespace("finance").await.unwrap();
    management.delete_namespace("finance").await.unwrap();
    management.delete_groups_batch(["everybody"]).await.unwrap();
    management.delete_roles_batch(["auditor"]).namespace("finance").await.unwrap();
    management.delete_department("example-inc", &department.department_id).await.unwrap();
    management.delete_organization("example-inc").await.unwrap();
    let gone = management.get_user(&user.user_id).await.unwrap_err();
    assert_eq!(gone.api_code(), Some(ApiCode::USER_NOT_FOUND));
    let gone = management.get_organization("example-inc").await.unwrap_err();
    assert_eq!(gone.api_status(), Some(ApiStatus(404)));
    assert_eq!(management.list_roles().await.unwrap().total_count, 0);
}

#[tokio::test]
async fn suspended_user_gets_no_tokens_in_any_way() {
    let sandbox = Sandbox::start().await.unwrap();
    let (client, management) = (sandbox.client().unwrap(), sandbox.management_client().unwrap());
    let own = client.with_access_token(sandbox.issue_access_token());
    let user_id = own.get_profile().await.unwrap().user_id;
    management.update_user(&user_id).password("a-password").await.unwrap();
    let login = client.build_authorize_url("https://shop.example/callback", "openid").to_url().unwrap();
    let callback = sandbox.authorize(&login).await.unwrap();
    let code = callback.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
    let by_password =
        || client.get_oidc_token(OauthGrantType::Password).username("sandbox-user").password("a-password");
    by_password().await.unwrap();

    management.update_user(&user_id).status(UserStatus::Suspended).await.unwrap();
    own.get_profile().await.unwrap_err();
    client.sign_in_by_username_password("sandbox-user", "a-password").await.unwrap_err();
    client.get_access_token_by_code(code, "https://shop.example/callback").await.unwrap_err();
    by_password().await.unwrap_err();
    // The login page.
    sandbox.authorize(&login).await.unwrap_err();
}
