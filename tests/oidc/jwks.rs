//! The provider's keys: fetched once for all callers, and again when they change, but not for every made-up `kid`.

use std::slice::from_ref;
use std::time::Duration;

use genauth::Error;
use genauth::oidc::TokenError;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::provider::Provider;
use crate::signing::Key;

fn is_rejected(outcome: &genauth::Result<genauth::oidc::AccessTokenClaims>, error: TokenError) -> bool {
    matches!(outcome, Err(Error::Token(actual)) if *actual == error)
}

/// Advances the client's clock.
async fn advance(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

#[tokio::test]
async fn jwks_is_fetched_once_for_64_tasks() {
    let provider = Provider::start().await;
    provider.delay_keys(Duration::from_millis(100));
    let (client, token) = (provider.client(), provider.key.token(&provider.access_claims()));
    let mut tasks = JoinSet::new();
    for _ in 0..64 {
        // Client clones of single users share the keys.
        let (client, token) = (client.with_access_token("a-token"), token.clone());
        tasks.spawn(async move { client.verify_access_token(token).await.map(drop) });
    }
    assert!(tasks.join_all().await.iter().all(Result::is_ok));
    client.verify_access_token(token).await.unwrap();
    assert_eq!(provider.keys_fetched(), 1);
}

#[tokio::test]
async fn jwks_is_refetched_for_unknown_kid_once_a_minute() {
    let provider = Provider::start().await;
    let client = provider.client();
    let claims = provider.access_claims();
    client.verify_access_token(provider.key.token(&claims)).await.unwrap();
    assert_eq!(provider.keys_fetched(), 1);

    // The keys change within a minute.
    let second = Key::other("key-2");
    provider.serve_keys(&[second.jwk()]);
    assert!(is_rejected(&client.verify_access_token(second.token(&claims)).await, TokenError::UnknownKey));
    assert_eq!(provider.keys_fetched(), 1);

    advance(Duration::from_secs(61)).await;
    let mut tasks = JoinSet::new();
    for _ in 0..64 {
        let (client, token) = (client.clone(), second.token(&claims));
        tasks.spawn(async move { client.verify_access_token(token).await.map(drop) });
    }
    assert!(tasks.join_all().await.iter().all(Result::is_ok));
    assert_eq!(provider.keys_fetched(), 2, "not once for all tasks");

    let gone = client.verify_access_token(provider.key.token(&claims)).await;
    assert!(is_rejected(&gone, TokenError::UnknownKey), "{gone:?}");
    for made_up in ["a", "b", "c"] {
        let outcome = client.verify_access_token(Key::other(made_up).token(&claims)).await;
        assert!(is_rejected(&outcome, TokenError::UnknownKey), "{outcome:?}");
    }
    assert_eq!(provider.keys_fetched(), 2);
    advance(Duration::from_secs(61)).await;
    assert!(is_rejected(&client.verify_access_token(Key::other("d").token(&claims)).await, TokenError::UnknownKey));
    assert_eq!(provider.keys_fetched(), 3);
}

#[tokio::test]
async fn jwks_fetch_error_reaches_all_waiting_tasks_and_is_not_cached() {
    let provider = Provider::start().await;
    provider.fail_keys();
    provider.delay_keys(Duration::from_millis(100));
    let (client, token) = (provider.client(), provider.key.token(&provider.access_claims()));
    let mut tasks = JoinSet::new();
    for _ in 0..64 {
        let (client, token) = (client.clone(), token.clone());
        tasks.spawn(async move { client.verify_access_token(token).await });
    }
    for outcome in tasks.join_all().await {
        assert!(matches!(outcome, Err(Error::UnexpectedResponse(_))), "{outcome:?}");
    }
    assert_eq!(provider.keys_fetched(), 1);

    provider.serve_keys(&[provider.key.jwk()]);
    client.verify_access_token(token).await.unwrap();
}

#[tokio::test]
async fn jwks_refetch_error_keeps_cached_keys() {
    let provider = Provider::start().await;
    let client = provider.client();
    let claims = provider.access_claims();
    client.verify_access_token(provider.key.token(&claims)).await.unwrap();
    provider.fail_keys();
    advance(Duration::from_secs(61)).await;
    let outcome = client.verify_access_token(Key::other("key-2").token(&claims)).await;
    assert!(matches!(outcome, Err(Error::UnexpectedResponse(_))), "{outcome:?}");
    client.verify_access_token(provider.key.token(&claims)).await.unwrap();
    let outcome = client.verify_access_token(Key::other("key-2").token(&claims)).await;
    assert!(is_rejected(&outcome, TokenError::UnknownKey), "{outcome:?}");
    assert_eq!(provider.keys_fetched(), 2, "a failed fetch does not count toward the limit");
}

#[tokio::test]
async fn jwks_fetch_dropped_is_repeated_by_next_task() {
    let provider = Provider::start().await;
    provider.delay_keys(Duration::from_secs(600));
    let (client, token) = (provider.client(), provider.key.token(&provider.access_claims()));
    let task = tokio::spawn({
        let (client, token) = (client.clone(), token.clone());
        async move { client.verify_access_token(token).await.map(drop) }
    });
    while provider.keys_fetched() == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    task.abort();
    provider.delay_keys(Duration::ZERO);
    client.verify_access_token(token).await.unwrap();
}

#[tokio::test]
async fn jwks_without_kid_uses_the_only_key() {
    let provider = Provider::start().await;
    let claims = provider.access_claims();
    let header = json!({ "alg": "RS256" });
    let token = provider.key.token_with(&header, &claims);
    provider.client().verify_access_token(&*token).await.unwrap();

    provider.serve_keys(&[provider.key.jwk(), Key::other("key-2").jwk()]);
    let outcome = provider.client().verify_access_token(&*token).await;
    assert!(is_rejected(&outcome, TokenError::MissingKeyId), "{outcome:?}");
    provider.serve_keys(&[]);
    let outcome = provider.client().verify_access_token(&*token).await;
    assert!(is_rejected(&outcome, TokenError::MissingKeyId), "{outcome:?}");
}

#[tokio::test]
async fn jwks_skips_unsupported_keys() {
    let provider = Provider::start().await;
    let token = provider.key.token(&provider.access_claims());
    let with = |name: &str, value: Value| {
        let mut key = provider.key.jwk();
        key[name] = value;
        key
    };
    for key in [
        with("kty", json!("EC")),
        with("use", json!("enc")),
        with("alg", json!("RS512")),
        with("alg", json!("RSA-OAEP")),
        with("n", json!("not base64url!")),
        with("e", Value::Null),
    ] {
        provider.serve_keys(from_ref(&key));
        let outcome = provider.client().verify_access_token(&*token).await;
        assert!(is_rejected(&outcome, TokenError::UnsupportedKey), "{key}: {outcome:?}");
        // It does not hide a supported key with the same `kid`.
        provider.serve_keys(&[key, provider.key.jwk()]);
        provider.client().verify_access_token(&*token).await.unwrap();
    }
    for key in [with("n", json!("AQAB")), with("n", json!("")), with("e", json!("AQ"))] {
        provider.serve_keys(from_ref(&key));
        let outcome = provider.client().verify_access_token(&*token).await;
        assert!(is_rejected(&outcome, TokenError::InvalidSignature), "{key}: {outcome:?}");
    }
}
