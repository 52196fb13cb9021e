//! The access token, and signatures in its place.

use std::time::Duration;

use futures_util::future::join_all;
use genauth::management::AccessKeyAuthMethod;
use genauth::management::operations::GetManagementToken;
use genauth::sandbox::Sandbox;
use genauth::{ApiCode, ErrorKind, ManagementClient, Operation, RetryPolicy};
use serde_json::json;

use crate::raw_server::{RawServer, http, json as json_response};

/// The number of tokens that the sandbox was asked for.
fn token_requests(sandbox: &Sandbox) -> usize {
    let requests = sandbox.received_requests();
    requests.iter().filter(|request| request.operation.as_deref() == Some(GetManagementToken::ID)).count()
}

fn client(server: &RawServer) -> ManagementClient {
    let builder = ManagementClient::builder().access_key_id("a-key").access_key_secret("a-secret").host(server.url());
    builder.retry_policy(RetryPolicy::never()).build().unwrap()
}

fn token(lifetime: i64) -> Vec<u8> {
    // The claims are {"scoped_userpool_id":"a-pool"}.
    let token = "eyJhbGciOiJIUzI1NiJ9.eyJzY29wZWRfdXNlcnBvb2xfaWQiOiJhLXBvb2wifQ.c2lnbmF0dXJl";
    let data = json!({ "access_token": token, "expires_in": lifetime });
    json_response("200 OK", &json!({ "statusCode": 200, "message": "", "data": data }).to_string())
}

fn success() -> Vec<u8> {
    json_response("200 OK", r#"{"statusCode":200,"message":"","data":{"success":true}}"#)
}

fn expired() -> Vec<u8> {
    json_response("200 OK", r#"{"statusCode":401,"apiCode":2020,"message":"expired"}"#)
}

#[tokio::test]
async fn token_is_fetched_once_for_all_who_wait_and_kept() {
    let sandbox = Sandbox::start().await.unwrap();
    let management = sandbox.management_client().unwrap();
    assert_eq!(token_requests(&sandbox), 0);
    let calls = join_all((0..32).map(|_| management.list_roles().into_future())).await;
    assert!(calls.iter().all(Result::is_ok), "{calls:?}");
    management.clone().list_groups().await.unwrap();
    assert_eq!(token_requests(&sandbox), 1);
}

#[tokio::test]
async fn requests_have_the_token_and_its_user_pool() {
    let mut server = RawServer::with_responses([token(7200), success()]).await;
    let management = client(&server).with_tenant_id("a-tenant").with_lang("en-US");
    management.delete_namespace("finance").await.unwrap();
    let (exchange, request) = (server.request().await, server.request().await);
    assert_eq!(exchange.body, r#"{"accessKeyId":"a-key","accessKeySecret":"a-secret"}"#);
    assert_eq!(exchange.header("authorization"), None);
    assert!(request.header("authorization").unwrap().starts_with("Bearer eyJ"), "{request:?}");
    assert_eq!(request.header("x-genauth-userpool-id"), Some("a-pool"));
    assert_eq!(request.header("x-genauth-app-tenant-id"), Some("a-tenant"));
    assert_eq!(request.header("x-genauth-lang"), Some("en-US"));
    assert_eq!(request.header("x-genauth-app-id"), None);
}

#[tokio::test]
async fn token_is_replaced_before_it_expires() {
    let mut server = RawServer::with_responses([token(2), success(), token(7200), success()]).await;
    let management = client(&server);
    management.delete_namespace("finance").await.unwrap();
    tokio::time::sleep(Duration::from_millis(1100)).await;
    management.delete_namespace("finance").await.unwrap();
    for path in ["get-management-token", "delete-namespace", "get-management-token", "delete-namespace"] {
        assert!(server.request().await.line.contains(path), "{path}");
    }
}

#[tokio::test]
async fn call_rejected_for_its_token_is_repeated_once_with_a_fresh_one() {
    let sandbox = Sandbox::start().await.unwrap();
    let management = sandbox.management_client().unwrap();
    management.list_users().await.unwrap();
    sandbox.revoke_management_tokens();
    let calls =
        join_all((0..8).map(|number| management.create_user().username(format!("user-{number}")).into_future()));
    assert!(calls.await.iter().all(Result::is_ok));
    assert_eq!(management.list_users().await.unwrap().total_count, 8);
    assert_eq!(token_requests(&sandbox), 2);
}

#[tokio::test]
async fn tokens_that_are_always_rejected_are_not_fetched_again_and_again() {
    let mut server = RawServer::with_responses([token(7200), expired(), token(7200), expired()]).await;
    let management = client(&server);
    for _ in 0..3 {
        let error = management.delete_namespace("finance").await.unwrap_err();
        assert_eq!(error.api_code(), Some(ApiCode::NOT_SIGNED_IN));
    }
    let mut paths = Vec::new();
    while server.waiting() > 0 {
        paths.push(server.request().await.line);
    }
    let tokens = paths.iter().filter(|line| line.contains("get-management-token")).count();
    assert_eq!((tokens, paths.len()), (2, 6), "{paths:#?}");
}

#[tokio::test]
async fn failing_token_endpoint_is_asked_once_in_five_seconds() {
    let server = RawServer::start(http("503 Service Unavailable", "text/html", b"busy")).await;
    let management = client(&server);
    let errors = join_all((0..8).map(|_| management.list_roles().into_future())).await;
    for _ in 0..8 {
        let error = management.list_roles().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
    }
    assert!(errors.iter().all(Result::is_err));
    assert_eq!(server.waiting(), 1);
}

#[tokio::test]
async fn waiting_for_a_token_ends_with_the_calls_timeout() {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let host = format!("http://{}", listener.local_addr().unwrap());
    let management =
        ManagementClient::builder().access_key_id("a-key").access_key_secret("a-secret").host(host).build().unwrap();
    let error = management.list_roles().timeout(Duration::from_millis(50)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.to_string().contains("waiting for an access token"), "{error}");
}

#[tokio::test]
async fn wrong_secret_is_the_error_of_the_call() {
    let sandbox = Sandbox::start().await.unwrap();
    for method in [AccessKeyAuthMethod::BearerToken, AccessKeyAuthMethod::Signature] {
        let builder = sandbox.management_client_builder().access_key_secret("ZQXJ").access_key_auth_method(method);
        let management = builder.build().unwrap();
        let error = management.list_roles().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Api);
        let shown = format!("{error} {error:?} {management:?}");
        assert!(!shown.contains("ZQXJ"), "{shown}");
    }
}

#[tokio::test]
async fn signed_requests_need_no_token() {
    let sandbox = Sandbox::start().await.unwrap();
    let builder = sandbox.management_client_builder().access_key_auth_method(AccessKeyAuthMethod::Signature);
    let management = builder.build().unwrap();
    let user =
        management.create_user().username("lin 开").custom_data(json!({ "b": [1, 2], "a": null })).await.unwrap();
    assert_eq!(management.get_user(&user.user_id).with_custom_data(true).await.unwrap().username, user.username);
    management.get_user_batch([&*user.user_id, "other"]).await.unwrap();
    assert_eq!(management.list_roles().keywords("a b/c").await.unwrap().total_count, 0);
    assert_eq!(token_requests(&sandbox), 0);

    sandbox.advance_clock(Duration::from_secs(600));
    let error = management.list_roles().await.unwrap_err();
    assert_eq!(error.api_code(), Some(ApiCode::SIGNATURE_TIMESTAMP_SKEWED));
}
