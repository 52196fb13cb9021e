//! Items that the sandbox stores as the OpenAPI document says.

use futures_util::TryStreamExt;
use genauth::ApiStatus;
use genauth::management::types::{ListUsersOptionsDto, PaginationDto};
use genauth::sandbox::Sandbox;
use serde_json::json;

#[tokio::test]
async fn item_is_created_read_changed_renamed_and_deleted() {
    let sandbox = Sandbox::start().await.unwrap();
    let management = sandbox.management_client().unwrap();
    let created = management.create_group("static", "In Hangzhou", "Developers", "developers").await.unwrap();
    assert_eq!(created.description.as_deref(), Some("In Hangzhou"));
    let taken = management.create_group("static", "Others", "Others", "developers").await.unwrap_err();
    assert_eq!(taken.api_status(), Some(ApiStatus(409)));

    let changed = management.update_group("In Shanghai", "developers").new_code("engineers").await.unwrap();
    assert_eq!((&*changed.code, changed.name.as_deref()), ("engineers", Some("Developers")));
    assert_eq!(changed.description.as_deref(), Some("In Shanghai"));
    let old = management.get_group("developers").await.unwrap_err();
    assert_eq!(old.api_status(), Some(ApiStatus(404)));
    assert_eq!(management.get_group("engineers").await.unwrap().id, created.id);

    management.delete_groups_batch(["engineers"]).await.unwrap();
    assert_eq!(management.list_groups().await.unwrap().total_count, 0);
}

#[tokio::test]
async fn lists_come_in_pages() {
    let sandbox = Sandbox::start().await.unwrap();
    let management = sandbox.management_client().unwrap();
    for number in 0..12 {
        management.create_role(format!("role-{number}")).await.unwrap();
        management.create_user().username(format!("user-{number}")).await.unwrap();
    }
    let roles: Vec<_> = management.list_roles().limit(5).items().try_collect().await.unwrap();
    assert_eq!(roles.len(), 12);
    let options = || ListUsersOptionsDto::new().pagination(PaginationDto::new().limit(5));
    let users: Vec<_> = management.list_users().options(options()).items().try_collect().await.unwrap();
    assert_eq!(users.len(), 12);
    assert_eq!(management.list_users().options(options()).await.unwrap().list.len(), 5);
    assert_eq!(management.list_users().keywords("user-11").await.unwrap().total_count, 1);
}

#[tokio::test]
async fn unset_keeps_null_clears_and_empty_empties() {
    let sandbox = Sandbox::start().await.unwrap();
    let management = sandbox.management_client().unwrap();
    let root = management.create_organization(json!({}), "Example Inc.", "example-inc").await.unwrap().department_id;
    let department = management.create_department("example-inc", "Sales", root, json!({})).await.unwrap().department_id;
    let user = management.create_user().username("lin").phone("18812348888").department_ids([&*department]);
    let user_id = user.await.unwrap().user_id;
    let shown = || management.get_user(&user_id).with_department_ids(true);

    management.update_user(&user_id).nickname("Lin").await.unwrap();
    let user = shown().await.unwrap();
    assert_eq!((user.nickname.as_deref(), user.department_ids), (Some("Lin"), vec![department.clone()]));
    assert_eq!(user.phone.as_deref(), Some("18812348888"));

    management.update_user(&user_id).clear_phone().clear_nickname().await.unwrap();
    let user = shown().await.unwrap();
    assert!(user.phone.is_none() && user.nickname.is_none(), "{user:?}");
    assert_eq!(user.username.as_deref(), Some("lin"));
}
