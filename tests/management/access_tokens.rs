//! The access token, and signatures in its place.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::HeaderMap;
use axum::routing::post;
use futures_util::future::join_all;
use genauth::management::AccessKeyAuthMethod;
use genauth::management::operations::GetManagementToken;
use genauth::sandbox::{Fault, Sandbox};
use genauth::{ApiCode, ErrorKind, ManagementClient, Operation, RetryPolicy};
use serde_json::json;
use tokio::net::TcpListener;

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
async fn token_is_replaced_in_the_background_before_it_expires() {
    let issued = Arc::new(AtomicUsize::new(0));
    let exchange = async move || {
        let number = issued.fetch_add(1, Ordering::Relaxed) + 1;
        // A slow exchange delays no call that has a token.
        tokio::time::sleep(Duration::from_millis(if number > 1 { 400 } else { 0 })).await;
        let data = json!({ "access_token": format!("token-{number}"), "expires_in": 2 });
        json!({ "statusCode": 200, "message": "", "data": data }).to_string()
    };
    let whoami = async |headers: HeaderMap| {
        let token = headers["authorization"].to_str().unwrap().to_owned();
        json!({ "statusCode": 200, "message": token, "data": { "success": true } }).to_string()
    };
    let router = Router::new().route("/api/v3/get-management-token", post(exchange)).fallback(whoami);
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let host = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(axum::serve(listener, router).into_future());
    let builder = ManagementClient::builder().access_key_id("a-key").access_key_secret("a-secret").host(host);
    let management = builder.build().unwrap();
    let token = async || management.delete_namespace("finance").envelope().await.unwrap().message;
    assert_eq!(token().await, "Bearer token-1");
    tokio::time::sleep(Duration::from_millis(1100)).await;
    assert_eq!(token().await, "Bearer token-1");
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert_eq!(token().await, "Bearer token-2");
    server.abort();
}

#[tokio::test]
async fn timeout_of_one_call_is_not_that_of_the_exchange() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.inject_fault_for::<GetManagementToken>(Fault::Delay(Duration::from_millis(300)), 1);
    let management = sandbox.management_client().unwrap();
    let error = management.list_roles().timeout(Duration::from_millis(50)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    management.list_roles().await.unwrap();
    assert_eq!(token_requests(&sandbox), 1);
}

#[tokio::test]
async fn credentials_of_the_caller_take_precedence() {
    for method in [AccessKeyAuthMethod::BearerToken, AccessKeyAuthMethod::Signature] {
        let mut server = RawServer::start(success()).await;
        let builder = ManagementClient::builder().access_key_id("a-key").access_key_secret("a-secret");
        let management = builder.host(server.url()).access_key_auth_method(method).build().unwrap();
        management.delete_namespace("finance").access_token("a-token").await.unwrap();
        assert_eq!(server.request().await.header("authorization"), Some("Bearer a-token"));
        management.delete_namespace("finance").header("Authorization", "Custom x").await.unwrap();
        assert_eq!(server.request().await.header("authorization"), Some("Custom x"));
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
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
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
