//! Requests of the management API, as bytes on the wire.

use genauth::management::AccessKeyAuthMethod;
use genauth::management::types::WebhookEvent;
use genauth::{Brand, ManagementClient};

use crate::raw_server::{RawServer, Request, json};

async fn request_of<F: Future>(call: impl FnOnce(ManagementClient) -> F) -> Request {
    let mut server = RawServer::start(json("200 OK", r#"{"statusCode":200,"message":"","data":null}"#)).await;
    let builder = ManagementClient::builder().access_key_id("a-key").access_key_secret("a-secret").host(server.url());
    let builder = builder.access_key_auth_method(AccessKeyAuthMethod::Signature).brand(Brand::Authing);
    call(builder.build().unwrap()).await;
    server.request().await
}

#[tokio::test]
async fn unset_is_left_out_null_is_null_and_empty_is_empty() {
    let body = async |call: fn(ManagementClient) -> genauth::Call<genauth::management::operations::UpdateUser>| {
        request_of(async |client| drop(call(client).await)).await.body
    };
    assert_eq!(body(|client| client.update_user("a-user")).await, r#"{"userId":"a-user"}"#);
    assert_eq!(body(|client| client.update_user("a-user").clear_phone()).await, r#"{"phone":null,"userId":"a-user"}"#);
    let emptied =
        request_of(async |client| drop(client.update_webhook("a-webhook").events(Vec::<WebhookEvent>::new()).await))
            .await;
    assert_eq!(emptied.body, r#"{"events":[],"webhookId":"a-webhook"}"#);
}

#[tokio::test]
async fn arrays_in_the_query_are_repeated_keys() {
    let request = request_of(async |client| drop(client.get_user_batch(["a", "b c"]).await)).await;
    assert_eq!(request.line, "GET /api/v3/get-user-batch?userIds=a&userIds=b+c HTTP/1.1");
}

#[tokio::test]
async fn signed_request_has_the_headers_of_the_node_sdk() {
    let request = request_of(async |client| drop(client.with_tenant_id("a-tenant").list_roles().await)).await;
    assert!(request.header("authorization").unwrap().starts_with("authing a-key:"), "{request:?}");
    assert_eq!(request.header("x-authing-signature-method"), Some("HMAC-SHA1"));
    assert_eq!(request.header("x-authing-signature-version"), Some("1.0"));
    assert_eq!(request.header("x-authing-signature-nonce").map(str::len), Some(32));
    assert!(request.header("date").unwrap().ends_with(" GMT"), "{request:?}");
}

#[test]
fn host_is_the_brands_unless_it_is_set() {
    let host = |builder: genauth::management::ManagementClientBuilder| {
        format!("{:?}", builder.access_key_id("a-key").access_key_secret("a-secret").build().unwrap())
    };
    assert!(host(ManagementClient::builder()).contains("https://api.genauth.ai/"));
    assert!(host(ManagementClient::builder().brand(Brand::Authing)).contains("https://api.authing.cn/"));
    assert!(host(ManagementClient::builder().host("https://api.example.com")).contains("https://api.example.com/"));
    let missing = ManagementClient::builder().access_key_id("a-key").build().unwrap_err();
    assert_eq!(missing.to_string(), "missing access key secret: call `access_key_secret`");
}
