//! Ending what tokens are good for.

use axum::http::StatusCode;
use genauth::oidc::TokenSet;
use genauth::types::OauthTokenRespDto;
use serde_json::{Value, json};

use crate::provider::Provider;

fn token_set(refresh_token: Value) -> TokenSet {
    let answer = json!({ "access_token": "access-ZQXJ", "token_type": "Bearer", "refresh_token": refresh_token });
    serde_json::from_value::<OauthTokenRespDto>(answer).unwrap().into()
}

fn revoked(provider: &Provider) -> Vec<String> {
    provider.forms().iter().map(|form| form["token"].clone()).collect()
}

#[tokio::test]
async fn the_refresh_token_is_revoked_before_the_access_token() {
    let provider = Provider::start().await;
    provider.answer_tokens(|_| (StatusCode::OK, Value::Null));
    provider.client().revoke_tokens(&token_set(json!("refresh-ZQXJ"))).await.unwrap();
    assert_eq!(revoked(&provider), ["refresh-ZQXJ", "access-ZQXJ"]);
}

#[tokio::test]
async fn an_access_token_alone_is_revoked() {
    let provider = Provider::start().await;
    provider.answer_tokens(|_| (StatusCode::OK, Value::Null));
    provider.client().revoke_tokens(&token_set(Value::Null)).await.unwrap();
    assert_eq!(revoked(&provider), ["access-ZQXJ"]);
}

#[tokio::test]
async fn the_access_token_is_revoked_even_if_the_refresh_token_is_not() {
    let provider = Provider::start().await;
    provider.answer_tokens(|form| match form["token"].as_str() {
        "refresh-ZQXJ" => (StatusCode::SERVICE_UNAVAILABLE, Value::Null),
        _ => (StatusCode::OK, Value::Null),
    });
    provider.client().revoke_tokens(&token_set(json!("refresh-ZQXJ"))).await.unwrap_err();
    assert_eq!(revoked(&provider), ["refresh-ZQXJ", "access-ZQXJ"]);
}
