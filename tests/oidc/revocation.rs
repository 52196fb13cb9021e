//! Revoking tokens.

use axum::http::StatusCode;
use genauth::oidc::TokenSet;
use genauth::types::OauthTokenRespDto;
use serde_json::{Value, json};

use crate::provider::Provider;

fn token_set(refresh_token: Value) -> TokenSet {
    let response = json!({ "access_token": "access-ZQXJ", "token_type": "Bearer", "refresh_token": refresh_token });
    serde_json::from_value::<OauthTokenRespDto>(response).unwrap().into()
}

fn revoked(provider: &Provider) -> Vec<String> {
    provider.forms().iter().map(|form| form["token"].clone()).collect()
}

#[tokio::test]
async fn revocation_starts_with_refresh_token() {
    let provider = Provider::start().await;
    provider.respond_with(|_| (StatusCode::OK, Value::Null));
    provider.client().revoke_tokens(&token_set(json!("refresh-ZQXJ"))).await.unwrap();
    assert_eq!(revoked(&provider), ["refresh-ZQXJ", "access-ZQXJ"]);
}

#[tokio::test]
async fn revocation_without_refresh_token_revokes_access_token() {
    let provider = Provider::start().await;
    provider.respond_with(|_| (StatusCode::OK, Value::Null));
    provider.client().revoke_tokens(&token_set(Value::Null)).await.unwrap();
    assert_eq!(revoked(&provider), ["access-ZQXJ"]);
}

#[tokio::test]
async fn revocation_of_access_token_survives_error_of_refresh_token() {
    let provider = Provider::start().await;
    provider.respond_with(|form| match form["token"].as_str() {
        "refresh-ZQXJ" => (StatusCode::SERVICE_UNAVAILABLE, Value::Null),
        _ => (StatusCode::OK, Value::Null),
    });
    provider.client().revoke_tokens(&token_set(json!("refresh-ZQXJ"))).await.unwrap_err();
    assert_eq!(revoked(&provider), ["refresh-ZQXJ", "access-ZQXJ"]);
}
