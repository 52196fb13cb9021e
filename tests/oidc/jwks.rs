//! The provider's keys: fetched once for all, and again when they change, but not at anybody's whim.

use std::slice::from_ref;
use std::time::Duration;

use genauth::Error;
use genauth::oidc::TokenError;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::provider::Provider;
use crate::signing::Key;

fn is(outcome: &genauth::Result<genauth::oidc::AccessTokenClaims>, error: TokenError) -> bool {
    matches!(outcome, Err(Error::Token(refused)) if *refused == error)
}

/// Lets time pass for the client without waiting for it.
async fn pass(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

#[tokio::test]
async fn sixty_four_tasks_that_need_them_fetch_them_once() {
    let provider = Provider::start().await;
    provider.delay_keys(Duration::from_millis(100));
    let (client, token) = (provider.client(), provider.key.token(&provider.access_claims()));
    let mut tasks = JoinSet::new();
    for _ in 0..64 {
        // Handles for single users share the keys.
        let (client, token) = (client.with_access_token("a-token"), token.clone());
        tasks.spawn(async move { client.verify_access_token(token).await.map(drop) });
    }
    assert!(tasks.join_all().await.iter().all(Result::is_ok));
    client.verify_access_token(token).await.unwrap();
    assert_eq!(provider.keys_fetched(), 1);
}

#[tokio::test]
async fn an_unknown_key_has_them_fetched_again_at_most_once_a_minute() {
    let provider = Provider::start().await;
    let client = provider.client();
    let claims = provider.access_claims();
    client.verify_access_token(provider.key.token(&claims)).await.unwrap();
    assert_eq!(provider.keys_fetched(), 1);

    // The keys change, and a minute has not passed.
    let second = Key::new("key-2");
    provider.serve_keys(&[second.jwk()]);
    assert!(is(&client.verify_access_token(second.token(&claims)).await, TokenError::UnknownKey));
    assert_eq!(provider.keys_fetched(), 1);

    pass(Duration::from_secs(61)).await;
    let mut tasks = JoinSet::new();
    for _ in 0..64 {
        let (client, token) = (client.clone(), second.token(&claims));
        tasks.spawn(async move { client.verify_access_token(token).await.map(drop) });
    }
    assert!(tasks.join_all().await.iter().all(Result::is_ok));
    assert_eq!(provider.keys_fetched(), 2, "once for all");

    let gone = client.verify_access_token(provider.key.token(&claims)).await;
    assert!(is(&gone, TokenError::UnknownKey), "{gone:?}");
    for made_up in ["a", "b", "c"] {
        let outcome = client.verify_access_token(Key::new(made_up).token(&claims)).await;
        assert!(is(&outcome, TokenError::UnknownKey), "{outcome:?}");
    }
    assert_eq!(provider.keys_fetched(), 2);
    pass(Duration::from_secs(61)).await;
    assert!(is(&client.verify_access_token(Key::new("d").token(&claims)).await, TokenError::UnknownKey));
    assert_eq!(provider.keys_fetched(), 3);
}

#[tokio::test]
async fn that_they_could_not_be_fetched_is_told_to_all_who_waited_and_then_forgotten() {
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
async fn a_failure_to_learn_new_keys_leaves_the_old_ones_in_use() {
    let provider = Provider::start().await;
    let client = provider.client();
    let claims = provider.access_claims();
    client.verify_access_token(provider.key.token(&claims)).await.unwrap();
    provider.fail_keys();
    pass(Duration::from_secs(61)).await;
    let outcome = client.verify_access_token(Key::new("key-2").token(&claims)).await;
    assert!(matches!(outcome, Err(Error::UnexpectedResponse(_))), "{outcome:?}");
    client.verify_access_token(provider.key.token(&claims)).await.unwrap();
    let outcome = client.verify_access_token(Key::new("key-2").token(&claims)).await;
    assert!(is(&outcome, TokenError::UnknownKey), "{outcome:?}");
    assert_eq!(provider.keys_fetched(), 2, "failures count");
}

#[tokio::test]
async fn a_task_that_is_dropped_while_fetching_leaves_it_to_the_next() {
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
async fn a_token_that_names_no_key_takes_the_only_one() {
    let provider = Provider::start().await;
    let claims = provider.access_claims();
    let header = json!({ "alg": "RS256" });
    let token = provider.key.token_with(&header, &claims);
    provider.client().verify_access_token(&*token).await.unwrap();

    provider.serve_keys(&[provider.key.jwk(), Key::new("key-2").jwk()]);
    let outcome = provider.client().verify_access_token(&*token).await;
    assert!(is(&outcome, TokenError::MissingKeyId), "{outcome:?}");
    provider.serve_keys(&[]);
    let outcome = provider.client().verify_access_token(&*token).await;
    assert!(is(&outcome, TokenError::MissingKeyId), "{outcome:?}");
}

#[tokio::test]
async fn keys_for_something_else_are_not_used() {
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
        assert!(is(&outcome, TokenError::UnsupportedKey), "{key}: {outcome:?}");
        // Beside the right one, they are in nobody's way.
        provider.serve_keys(&[key, provider.key.jwk()]);
        provider.client().verify_access_token(&*token).await.unwrap();
    }
    for key in [with("n", json!("AQAB")), with("n", json!("")), with("e", json!("AQ"))] {
        provider.serve_keys(from_ref(&key));
        let outcome = provider.client().verify_access_token(&*token).await;
        assert!(is(&outcome, TokenError::InvalidSignature), "{key}: {outcome:?}");
    }
}
