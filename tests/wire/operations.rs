//! What the OpenAPI document says of operations beyond schemas: credentials, convenience methods, pages, paths, errors.

use std::collections::HashMap;

use crate::raw_server::{RawServer, Request, json as json_response};
use axum::extract::Query;
use axum::routing::get;
use axum::{Json, Router};
use futures_util::{StreamExt, TryStreamExt};
use genauth::types::{
    MfaRequiredDto, SignInByPasswordPayloadDto, SigninByCredentialsConnection, SigninByCredentialsDto,
};
use genauth::{ApiCode, ApiStatus, AuthenticationClient, ClientAuthMethod, Error, RetryPolicy};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

fn ok(data: &Value) -> Vec<u8> {
    json_response("200 OK", &json!({ "statusCode": 200, "message": "", "data": data }).to_string())
}

/// The sign-in request of a client with this method and secret, and with credentials set by the caller.
async fn sign_in(method: Option<ClientAuthMethod>, secret: bool, by_caller: Option<(&str, &str)>) -> Request {
    let mut server = RawServer::start(ok(&json!({ "access_token": "t" }))).await;
    let mut builder = server.builder();
    if let Some(method) = method {
        builder = builder.token_endpoint_auth_method(method);
    }
    if secret {
        builder = builder.app_secret("the-secret");
    }
    let mut call = builder.build().unwrap().sign_in_by_email_password("lin@example.com", "a-password");
    if let Some((id, secret)) = by_caller {
        call = call.client_id(id).client_secret(secret);
    }
    call.await.unwrap();
    server.request().await
}

fn client_of(request: &Request) -> (Value, Value, Option<&str>) {
    let body: Value = serde_json::from_str(&request.body).unwrap();
    (body["client_id"].clone(), body["client_secret"].clone(), request.header("authorization"))
}

#[tokio::test]
async fn client_auth_method_decides_where_the_secret_goes() {
    let post = sign_in(None, true, None).await;
    assert_eq!(client_of(&post), (json!("an-app"), json!("the-secret"), None));
    let basic = sign_in(Some(ClientAuthMethod::ClientSecretBasic), true, None).await;
    assert_eq!(client_of(&basic), (Value::Null, Value::Null, Some("Basic YW4tYXBwOnRoZS1zZWNyZXQ=")));
    let none = sign_in(Some(ClientAuthMethod::None), true, None).await;
    assert_eq!(client_of(&none), (Value::Null, Value::Null, None));
    let no_secret = sign_in(None, false, None).await;
    assert_eq!(client_of(&no_secret), (Value::Null, Value::Null, None));
}

#[tokio::test]
async fn credentials_set_by_the_caller_take_precedence() {
    for method in [ClientAuthMethod::ClientSecretPost, ClientAuthMethod::ClientSecretBasic, ClientAuthMethod::None] {
        let request = sign_in(Some(method), true, Some(("other-app", "other-secret"))).await;
        assert_eq!(client_of(&request), (json!("other-app"), json!("other-secret"), None), "{method:?}");
    }
}

#[tokio::test]
async fn convenience_method_sends_the_same_as_the_operation() {
    let mut server = RawServer::start(ok(&json!({ "access_token": "t" }))).await;
    let client = server.builder().build().unwrap();
    client.sign_in_by_email_password("lin@example.com", "a-password").await.unwrap();
    let short = server.request().await;
    let payload = SignInByPasswordPayloadDto::new("a-password").email("lin@example.com");
    client
        .sign_in_by_credentials(SigninByCredentialsConnection::Password)
        .password_payload(payload.clone())
        .await
        .unwrap();
    let full = server.request().await;
    assert_eq!((&short.line, &short.body), (&full.line, &full.body));
    let body = serde_json::to_value(
        SigninByCredentialsDto::new(SigninByCredentialsConnection::Password).password_payload(payload),
    )
    .unwrap();
    assert_eq!(serde_json::from_str::<Value>(&short.body).unwrap(), body);
}

#[tokio::test]
async fn convenience_method_sends_documented_body() {
    let mut server = RawServer::start(ok(&json!({ "userId": "u", "access_token": "t" }))).await;
    let c = server.builder().build().unwrap();
    let sign_in = |body: Value| ("/api/v3/signin", body);
    let sign_up = |body: Value| ("/api/v3/signup", body);
    let password =
        |member: &str| json!({ "connection": "PASSWORD", "passwordPayload": { member: "x", "password": "y" } });
    let pass_code =
        |member: &str| json!({ "connection": "PASSCODE", "passCodePayload": { member: "x", "passCode": "y" } });

    macro_rules! check {
        ($($method:ident => $expected:expr;)*) => {$(
            c.$method("x", "y").await.unwrap();
            let (path, body) = $expected;
            let request = server.request().await;
            assert_eq!(request.line, format!("POST {path} HTTP/1.1"));
            assert_eq!(serde_json::from_str::<Value>(&request.body).unwrap(), body, stringify!($method));
        )*};
    }
    check! {
        sign_in_by_email_password => sign_in(password("email"));
        sign_in_by_phone_password => sign_in(password("phone"));
        sign_in_by_username_password => sign_in(password("username"));
        sign_in_by_account_password => sign_in(password("account"));
        sign_in_by_email_passcode => sign_in(pass_code("email"));
        sign_in_by_phone_passcode => sign_in(pass_code("phone"));
        sign_in_by_ldap => sign_in(json!({ "connection": "LDAP", "ldapPayload": { "sAMAccountName": "x", "password": "y" } }));
        sign_in_by_ad => sign_in(json!({ "connection": "AD", "adPayload": { "sAMAccountName": "x", "password": "y" } }));
        sign_up_by_email_password => sign_up(password("email"));
        sign_up_by_username_password => sign_up(password("username"));
        sign_up_by_email_passcode => sign_up(pass_code("email"));
        sign_up_by_phone_passcode => sign_up(pass_code("phone"));
    }
}

#[tokio::test]
async fn clones_keep_their_own_access_tokens() {
    let mut server = RawServer::start(ok(&json!({ "userId": "u", "access_token": "t" }))).await;
    let client = server.builder().access_token("one").build().unwrap();
    let other = client.with_access_token("other");
    for (client, token) in [(&client, "Bearer one"), (&other, "Bearer other"), (&client, "Bearer one")] {
        client.get_profile().await.unwrap();
        assert_eq!(server.request().await.header("authorization"), Some(token));
    }
    client.get_profile().access_token("third").await.unwrap();
    assert_eq!(server.request().await.header("authorization"), Some("Bearer third"));
}

/// A server with a login history of `total` items, in pages.
async fn history(total: i64, fails_on: Option<i64>) -> (AuthenticationClient, UnboundedReceiver<i64>) {
    let (requested, pages) = unbounded_channel();
    let respond = move |Query(query): Query<HashMap<String, i64>>| async move {
        let (page, limit) = (query["page"], query.get("limit").copied().unwrap_or(10));
        requested.send(page).unwrap();
        if Some(page) == fails_on {
            return Json(json!({ "statusCode": 500, "message": "failed" }));
        }
        let login = |number: i64| json!({ "userId": "u", "appId": number.to_string(), "success": true, "loginAt": "2026-03-01T08:00:00.000Z" });
        let list: Vec<_> = ((page - 1) * limit..(page * limit).min(total)).map(login).collect();
        Json(json!({ "statusCode": 200, "message": "", "data": { "totalCount": total, "list": list } }))
    };
    let router = Router::new().route("/api/v3/get-my-login-history", get(respond));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let host = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(axum::serve(listener, router).into_future());
    let client = AuthenticationClient::builder().app_id("an-app").app_host(host).access_token("t").build().unwrap();
    (client, pages)
}

fn requested(pages: &mut UnboundedReceiver<i64>) -> Vec<i64> {
    std::iter::from_fn(|| pages.try_recv().ok()).collect()
}

#[tokio::test]
async fn pages_are_fetched_as_needed() {
    let (client, mut pages) = history(23, None).await;
    let mut logins = client.get_login_history().limit(10).items();
    assert!(requested(&mut pages).is_empty(), "a page was fetched before the first poll");
    for _ in 0..10 {
        logins.try_next().await.unwrap().unwrap();
    }
    assert_eq!(requested(&mut pages), [1]);
    let rest: Vec<_> = logins.try_collect().await.unwrap();
    assert_eq!(rest.len(), 13);
    assert_eq!(requested(&mut pages), [2, 3], "a page beyond the total was fetched");

    let from_the_second: Vec<_> = client.get_login_history().limit(10).page(2).items().try_collect().await.unwrap();
    assert_eq!(from_the_second.len(), 13);
    assert_eq!(requested(&mut pages), [2, 3]);

    let (empty, mut pages) = history(0, None).await;
    assert!(empty.get_login_history().items().try_next().await.unwrap().is_none());
    assert_eq!(requested(&mut pages), [1]);
}

#[tokio::test]
async fn page_that_repeats_the_last_one_ends_stream_of_items() {
    let login = json!({ "userId": "u", "appId": "a", "success": true, "loginAt": "2026-03-01T08:00:00.000Z" });
    for (page, reason) in [
        (json!({ "list": [login, login], "totalCount": 100 }), "the page repeats the last one"),
        (json!({ "list": [login, login], "totalCount": 1 }), "the pages have more items than their total"),
    ] {
        let server = RawServer::start(ok(&page)).await;
        let client = server.builder().build().unwrap();
        let items: Vec<_> = client.get_login_history().items().take(10).collect().await;
        let Some(Err(Error::UnexpectedResponse(error))) = items.last() else { panic!("{page}: {items:?}") };
        assert_eq!(error.reason, reason, "{page}");
        assert!(items.len() <= 3, "{page}: {items:?}");
    }
}

#[tokio::test]
async fn error_ends_stream_of_items() {
    let (client, mut pages) = history(40, Some(2)).await;
    let mut logins = client.get_login_history().limit(10).retry_policy(RetryPolicy::never()).items();
    let mut good = 0;
    let error = loop {
        match logins.try_next().await {
            Ok(Some(_)) => good += 1,
            Ok(None) => panic!("the stream ended without the error"),
            Err(error) => break error,
        }
    };
    assert_eq!((good, error.api_status()), (10, Some(ApiStatus::SERVER_ERROR)));
    assert!(logins.try_next().await.unwrap().is_none());
    assert_eq!(requested(&mut pages), [1, 2]);
}

#[tokio::test]
async fn path_parameter_stays_one_segment() {
    let mut server = RawServer::start(ok(&json!({ "success": true }))).await;
    let client = server.builder().access_token("t").build().unwrap();
    for (id, segment) in [
        ("plain", "plain"),
        ("a/b?c#d%e f", "a%2Fb%3Fc%23d%25e%20f"),
        ("键", "%E9%94%AE"),
        ("..a", "..a"),
        ("..\\a", "..%5Ca"),
        (".\n.", ".%0A."),
        ("%2e%2e", "%252e%252e"),
    ] {
        client.update_web_authn_credential(id, "name").await.unwrap();
        let line = server.request().await.line;
        assert_eq!(line, format!("PUT /api/v3/webauthn/credentials/{segment} HTTP/1.1"));
    }
    for id in ["", ".", ".."] {
        let error = client.update_web_authn_credential(id, "name").await.unwrap_err();
        assert!(matches!(error, Error::Config(_)), "{id:?}: {error:?}");
        assert!(error.to_string().contains("credentialId"), "{error}");
    }
}

#[tokio::test]
async fn api_error_data_has_mfa_token() {
    let body = json!({
        "statusCode": 400, "apiCode": 1636, "message": "a second factor is needed",
        "data": { "mfaToken": "an-mfa-token", "more": [1] },
    });
    let server = RawServer::start(json_response("200 OK", &body.to_string())).await;
    let client = server.builder().build().unwrap();
    let error = client.sign_in_by_email_password("lin@example.com", "a-password").await.unwrap_err();
    let Error::Api(error) = error else { panic!("{error:?}") };
    assert_eq!(error.api_code, Some(ApiCode::MFA_REQUIRED_BY_APPLICATION));
    assert_eq!(error.data_as::<MfaRequiredDto>().unwrap().mfa_token.expose_secret(), "an-mfa-token");
    assert!(!format!("{error:?}").contains("an-mfa-token"));
    assert!(error.data_as::<Vec<i64>>().is_none());
}

#[tokio::test]
async fn bare_response_is_accepted_in_an_envelope() {
    let bare = json!({ "active": true, "userId": "u-1" });
    for response in [json_response("200 OK", &bare.to_string()), ok(&bare)] {
        let server = RawServer::start(response).await;
        let token = server.builder().build().unwrap().verify_mfa_token("an-mfa-token").await.unwrap();
        assert_eq!((token.active, token.user_id.as_deref()), (true, Some("u-1")));
    }
    let rejected = json_response("200 OK", r#"{"statusCode":499,"message":"no"}"#);
    let server = RawServer::start(rejected).await;
    let error = server.builder().build().unwrap().verify_mfa_token("an-mfa-token").await.unwrap_err();
    assert_eq!(error.api_status(), Some(ApiStatus::CLIENT_ERROR));
}

#[test]
fn codes_are_constants_of_open_types() {
    assert_eq!(ApiCode::NOT_SIGNED_IN, ApiCode(2020));
    assert_eq!(ApiStatus::THROTTLED, 429);
    assert_eq!(ApiCode(987_654).to_string(), "987654");
}
