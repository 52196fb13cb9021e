//! The provider's keys: fetched once for all callers, and again when they change, but not for every made-up `kid`.

use std::slice::from_ref;
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE, BASE64_URL_SAFE_NO_PAD, Engine};
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
async fn jwks_fetch_error_reaches_all_tasks_until_the_next_fetch() {
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
    let made_up = client.verify_access_token(Key::other("key-2").token(&provider.access_claims())).await;
    assert!(matches!(made_up, Err(Error::UnexpectedResponse(_))), "{made_up:?}");
    assert_eq!(provider.keys_fetched(), 1);

    provider.serve_keys(&[provider.key.jwk()]);
    advance(Duration::from_secs(6)).await;
    client.verify_access_token(token).await.unwrap();
}

#[tokio::test]
async fn jwks_without_keys_is_fetched_once_a_minute() {
    let provider = Provider::start().await;
    provider.serve_keys(&[]);
    let client = provider.client();
    for made_up in ["a", "b", "c"] {
        let outcome = client.verify_access_token(Key::other(made_up).token(&provider.access_claims())).await;
        assert!(is_rejected(&outcome, TokenError::UnknownKey), "{outcome:?}");
    }
    assert_eq!(provider.keys_fetched(), 1);
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
    assert!(matches!(outcome, Err(Error::UnexpectedResponse(_))), "{outcome:?}");
    assert_eq!(provider.keys_fetched(), 2);
}

#[tokio::test]
async fn jwks_fetch_goes_on_after_its_task_is_dropped() {
    let provider = Provider::start().await;
    provider.delay_keys(Duration::from_millis(100));
    let (client, token) = (provider.client(), provider.key.token(&provider.access_claims()));
    let task = tokio::spawn({
        let (client, token) = (client.clone(), token.clone());
        async move { client.verify_access_token(token).await.map(drop) }
    });
    while provider.keys_fetched() == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    task.abort();
    client.verify_access_token(token).await.unwrap();
    assert_eq!(provider.keys_fetched(), 1);
}

#[tokio::test]
async fn jwks_withdrawn_key_is_rejected_after_an_hour() {
    let provider = Provider::start().await;
    let client = provider.client();
    let token = || {
        let mut claims = provider.access_claims();
        claims["exp"] = json!(crate::provider::seconds_from_now(1_000_000));
        provider.key.token(&claims)
    };
    client.verify_access_token(token()).await.unwrap();
    provider.fail_keys();
    advance(Duration::from_secs(59 * 60)).await;
    client.verify_access_token(token()).await.expect("the key is still trusted");
    advance(Duration::from_secs(2 * 60)).await;
    let outcome = client.verify_access_token(token()).await;
    assert!(matches!(outcome, Err(Error::UnexpectedResponse(_))), "{outcome:?}");
    provider.serve_keys(&[Key::other("key-2").jwk()]);
    advance(Duration::from_secs(6)).await;
    assert!(is_rejected(&client.verify_access_token(token()).await, TokenError::UnknownKey));
}

#[tokio::test]
async fn jwks_is_fetched_in_the_background_past_half_its_age() {
    let provider = Provider::start().await;
    let client = provider.client();
    let token = || provider.key.token(&provider.access_claims());
    client.verify_access_token(token()).await.unwrap();
    advance(Duration::from_secs(29 * 60)).await;
    client.verify_access_token(token()).await.unwrap();
    assert_eq!(provider.keys_fetched(), 1);
    advance(Duration::from_secs(2 * 60)).await;
    client.verify_access_token(token()).await.unwrap();
    while provider.keys_fetched() == 1 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    client.verify_access_token(token()).await.unwrap();
    assert_eq!(provider.keys_fetched(), 2);
}

#[tokio::test]
async fn jwks_max_age_of_the_response_is_respected_within_bounds() {
    for (cache_control, trusted, outdated) in [
        ("public, max-age=600", 9 * 60, 11 * 60),
        ("max-age=1", 4 * 60, 6 * 60),
        ("max-age=99999999", 23 * 60 * 60, 25 * 60 * 60),
    ] {
        let provider = Provider::start().await;
        provider.cache_keys(cache_control);
        for (age, is_trusted) in [(trusted, true), (outdated, false)] {
            let client = provider.client();
            let mut claims = provider.access_claims();
            claims["exp"] = json!(crate::provider::seconds_from_now(1_000_000));
            provider.serve_keys(&[provider.key.jwk()]);
            client.verify_access_token(provider.key.token(&claims)).await.unwrap();
            provider.fail_keys();
            advance(Duration::from_secs(age)).await;
            let outcome = client.verify_access_token(provider.key.token(&claims)).await;
            assert_eq!(outcome.is_ok(), is_trusted, "{cache_control} after {age} s: {outcome:?}");
        }
    }
}

#[tokio::test]
async fn jwks_is_refetched_for_every_rejection_that_other_keys_could_cure() {
    let other = Key::other("key-1");
    let mut wrong_alg = other.jwk();
    wrong_alg["alg"] = json!("RS512");
    let no_kid = json!({ "alg": "RS256" });
    let provider = Provider::start().await;
    for (case, before, token) in [
        (
            "no `kid`, after the only key changed",
            vec![provider.key.jwk()],
            other.token_with(&no_kid, &provider.access_claims()),
        ),
        ("another key of the same `kid`", vec![provider.key.jwk()], other.token(&provider.access_claims())),
        (
            "two keys at first",
            vec![provider.key.jwk(), other.jwk()],
            other.token_with(&no_kid, &provider.access_claims()),
        ),
        ("a wrong `alg`", vec![wrong_alg], other.token(&provider.access_claims())),
    ] {
        let client = provider.client();
        provider.serve_keys(&before);
        client.verify_access_token(&*token).await.expect_err(case);
        provider.serve_keys(&[other.jwk()]);
        advance(Duration::from_secs(61)).await;
        client.verify_access_token(token).await.expect(case);
    }
    // Both keys of one `kid` are tried.
    provider.serve_keys(&[provider.key.jwk(), other.jwk()]);
    provider.client().verify_access_token(other.token(&provider.access_claims())).await.unwrap();
}

#[tokio::test]
async fn jwks_skips_unreadable_entries() {
    let provider = Provider::start().await;
    let mut numeric_n = provider.key.jwk();
    numeric_n["n"] = json!(7);
    for entry in
        [json!({ "kty": "RSA", "kid": 1, "n": "AQAB", "e": "AQAB" }), json!({ "kid": "key-1" }), Value::Null, numeric_n]
    {
        provider.serve_keys(&[entry.clone(), provider.key.jwk()]);
        let outcome = provider.client().verify_access_token(provider.key.token(&provider.access_claims())).await;
        outcome.unwrap_or_else(|error| panic!("{entry}: {error}"));
    }
}

#[tokio::test]
async fn jwks_in_other_base64_is_read() {
    let provider = Provider::start().await;
    let key = provider.key.jwk();
    let n = key["n"].as_str().unwrap();
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(n).unwrap();
    let zeros = [&[0, 0, 0], &*bytes].concat();
    for n in [BASE64_URL_SAFE.encode(&bytes), BASE64_STANDARD.encode(&bytes), BASE64_URL_SAFE_NO_PAD.encode(zeros)] {
        let mut key = key.clone();
        key["n"] = n.clone().into();
        provider.serve_keys(&[key]);
        let outcome = provider.client().verify_access_token(provider.key.token(&provider.access_claims())).await;
        outcome.unwrap_or_else(|error| panic!("{n}: {error}"));
    }
}

#[tokio::test]
async fn jwks_uri_of_the_configuration_is_followed_on_the_same_host() {
    let provider = Provider::start().await;
    let token = || provider.key.token(&provider.access_claims());
    provider.serve_keys(&[Key::other("key-2").jwk()]);
    provider.serve_keys_of_app(&[provider.key.jwk()]);
    provider.client().verify_access_token(token()).await.unwrap_err();

    let of_app = format!("{}/keys", provider.issuer());
    provider.configure(json!({
        "issuer": "x", "authorization_endpoint": "x", "token_endpoint": "x", "jwks_uri": of_app,
    }));
    provider.client().verify_access_token(token()).await.unwrap();

    provider.configure(json!({
        "issuer": "x", "authorization_endpoint": "x", "token_endpoint": "x", "jwks_uri": of_app.replace("127.0.0.1", "localhost"),
    }));
    let outcome = provider.client().verify_access_token(token()).await;
    assert!(is_rejected(&outcome, TokenError::UnknownKey), "another host: {outcome:?}");

    let client = provider.builder().jwks_uri(of_app).build().unwrap();
    client.verify_access_token(token()).await.unwrap();
    let error = provider.builder().jwks_uri("http://keys.example/x").build().unwrap_err();
    assert!(error.to_string().contains("`jwks_uri`"), "{error}");
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
        with("e", Value::Null),
    ] {
        provider.serve_keys(from_ref(&key));
        let outcome = provider.client().verify_access_token(&*token).await;
        assert!(is_rejected(&outcome, TokenError::UnsupportedKey), "{key}: {outcome:?}");
        // It does not hide a supported key with the same `kid`.
        provider.serve_keys(&[key, provider.key.jwk()]);
        provider.client().verify_access_token(&*token).await.unwrap();
    }
    provider.serve_keys(&[with("n", json!("not base64url!"))]);
    let outcome = provider.client().verify_access_token(&*token).await;
    assert!(is_rejected(&outcome, TokenError::MalformedKey), "{outcome:?}");
    for key in [with("n", json!("AQAB")), with("n", json!("")), with("e", json!("AQ"))] {
        provider.serve_keys(from_ref(&key));
        let outcome = provider.client().verify_access_token(&*token).await;
        assert!(is_rejected(&outcome, TokenError::InvalidSignature), "{key}: {outcome:?}");
    }
}
