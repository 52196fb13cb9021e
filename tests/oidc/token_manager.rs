//! Refreshing tokens.

use std::time::{Duration, SystemTime};

use axum::http::StatusCode;
use genauth::oidc::{TokenError, TokenManager, TokenSet};
use genauth::types::OauthTokenRespDto;
use genauth::{Error, OAuthErrorCode};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::provider::{Form, Provider};

/// Tokens from a response with this `expires_in`.
fn token_set(expires_in: Value) -> TokenSet {
    let response = json!({
        "access_token": "old-ZQXJ", "token_type": "Bearer", "expires_in": expires_in, "refresh_token": "refresh-0-ZQXJ",
        "id_token": "id-ZQXJ", "scope": "openid offline_access",
    });
    serde_json::from_value::<OauthTokenRespDto>(response).unwrap().into()
}

/// A token endpoint that accepts each refresh token once, and rotates it.
fn rotating() -> impl FnMut(&Form) -> (StatusCode, Value) {
    let mut count = 0;
    move |form| {
        if form["grant_type"] != "refresh_token" || form["refresh_token"] != format!("refresh-{count}-ZQXJ") {
            return (StatusCode::BAD_REQUEST, json!({ "error": "invalid_grant" }));
        }
        count += 1;
        let (access, refresh) = (format!("new-{count}-ZQXJ"), format!("refresh-{count}-ZQXJ"));
        let body = json!({ "access_token": access, "token_type": "Bearer", "expires_in": 1, "refresh_token": refresh });
        (StatusCode::OK, body)
    }
}

async fn access_tokens_of_64_tasks(manager: &TokenManager) -> Vec<genauth::Result<String>> {
    let mut tasks = JoinSet::new();
    for _ in 0..64 {
        let manager = manager.clone();
        tasks.spawn(async move { manager.access_token().await.map(|token| token.expose_secret().to_owned()) });
    }
    tasks.join_all().await
}

#[tokio::test]
async fn refresh_is_sent_once_for_64_callers() {
    let provider = Provider::start().await;
    provider.respond_with(rotating());
    provider.delay_tokens(Duration::from_millis(100));
    let manager = TokenManager::new(&provider.client(), token_set(json!(0)));
    let mut refreshed = manager.subscribe();
    for token in access_tokens_of_64_tasks(&manager).await {
        assert_eq!(token.unwrap(), "new-1-ZQXJ");
    }
    assert_eq!(provider.forms().len(), 1);

    // The next refresh uses the rotated refresh token; the rest is unchanged.
    assert!(refreshed.has_changed().unwrap());
    assert_eq!(refreshed.borrow_and_update().refresh_token.as_ref().unwrap().expose_secret(), "refresh-1-ZQXJ");
    tokio::time::sleep(Duration::from_millis(1100)).await;
    assert_eq!(manager.access_token().await.unwrap().expose_secret(), "new-2-ZQXJ");
    let tokens = manager.tokens();
    assert_eq!(tokens.refresh_token.unwrap().expose_secret(), "refresh-2-ZQXJ");
    assert_eq!(tokens.id_token.unwrap().expose_secret(), "id-ZQXJ");
    assert_eq!(tokens.scope.as_deref(), Some("openid offline_access"));
}

#[tokio::test]
async fn refresh_happens_shortly_before_expiry() {
    let provider = Provider::start().await;
    provider.respond_with(rotating());
    // The lifetime of the token, and the seconds that are left of it.
    for (lifetime, left, is_refreshed) in
        [(3600, 3590, false), (3600, 90, false), (3600, 50, true), (60, 40, false), (60, 20, true)]
    {
        let mut stored = serde_json::to_value(token_set(json!(lifetime))).unwrap();
        stored["obtained_at"] = json!(stored["obtained_at"].as_u64().unwrap() - (lifetime - left));
        stored["expires_at"] = json!(stored["expires_at"].as_u64().unwrap() - (lifetime - left));
        let before = provider.forms().len();
        let manager = TokenManager::new(&provider.client(), serde_json::from_value(stored).unwrap());
        let _ = manager.access_token().await;
        assert_eq!(provider.forms().len() > before, is_refreshed, "{left} s of {lifetime} s left");
    }
    let manager = TokenManager::new(&provider.client(), token_set(Value::Null));
    assert_eq!(manager.access_token().await.unwrap().expose_secret(), "old-ZQXJ", "refreshed without `expires_in`");
}

#[tokio::test]
async fn refresh_rejected_reaches_all_callers_and_is_not_retried() {
    let provider = Provider::start().await;
    provider.delay_tokens(Duration::from_millis(100));
    let manager = TokenManager::new(&provider.client(), token_set(json!(0)));
    for outcome in access_tokens_of_64_tasks(&manager).await {
        let Err(Error::OAuth(error)) = outcome else { panic!("{outcome:?}") };
        assert_eq!(error.error, OAuthErrorCode::InvalidGrant);
    }
    manager.access_token().await.unwrap_err();
    assert_eq!(provider.forms().len(), 1);
}

#[tokio::test]
async fn refresh_failure_keeps_valid_token_and_delays_retry() {
    let provider = Provider::start().await;
    provider.respond_with(|_| (StatusCode::SERVICE_UNAVAILABLE, json!({ "error": "temporarily_unavailable" })));
    let mut stored = serde_json::to_value(token_set(json!(3600))).unwrap();
    let now = stored["obtained_at"].as_u64().unwrap();
    stored["expires_at"] = json!(now + 30);
    stored["obtained_at"] = json!(now - 3570);
    let manager = TokenManager::new(&provider.client(), serde_json::from_value(stored.clone()).unwrap());
    for token in access_tokens_of_64_tasks(&manager).await {
        assert_eq!(token.unwrap(), "old-ZQXJ");
    }
    assert_eq!(provider.forms().len(), 1);

    stored["expires_at"] = json!(now - 1);
    let manager = TokenManager::new(&provider.client(), serde_json::from_value(stored).unwrap());
    for outcome in access_tokens_of_64_tasks(&manager).await {
        assert!(matches!(outcome, Err(Error::OAuth(_))), "{outcome:?}");
    }
    assert_eq!(provider.forms().len(), 2);

    // The server recovers.
    provider.respond_with(rotating());
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(6)).await;
    tokio::time::resume();
    assert_eq!(manager.access_token().await.unwrap().expose_secret(), "new-1-ZQXJ");
}

#[tokio::test]
async fn refresh_completes_after_its_caller_is_dropped() {
    let provider = Provider::start().await;
    provider.respond_with(rotating());
    provider.delay_tokens(Duration::from_millis(100));
    let manager = TokenManager::new(&provider.client(), token_set(json!(0)));
    let mut refreshed = manager.subscribe();
    tokio::time::timeout(Duration::from_millis(20), manager.access_token()).await.unwrap_err();
    tokio::time::timeout(Duration::from_secs(10), refreshed.changed()).await.expect("the refresh stopped").unwrap();
    assert_eq!(manager.tokens().refresh_token.unwrap().expose_secret(), "refresh-1-ZQXJ");
    assert_eq!(provider.forms().len(), 1);
}

#[tokio::test]
async fn refresh_without_refresh_token_is_rejected() {
    let provider = Provider::start().await;
    let response = json!({ "access_token": "old-ZQXJ", "token_type": "Bearer", "expires_in": 0 });
    let tokens = serde_json::from_value::<OauthTokenRespDto>(response).unwrap().into();
    match TokenManager::new(&provider.client(), tokens).access_token().await {
        Err(error @ Error::Token(TokenError::MissingRefreshToken)) => {
            assert!(error.to_string().contains("offline_access"), "{error}");
        }
        other => panic!("not rejected: {other:?}"),
    }
}

#[tokio::test]
async fn manager_client_has_access_token() {
    let provider = Provider::start().await;
    let manager = TokenManager::new(&provider.client(), token_set(json!(3600)));
    let shown = format!("{:?}", manager.client().await.unwrap());
    assert!(shown.contains("access_token: Some"), "{shown}");
}

#[test]
fn token_set_expiry() {
    let now = SystemTime::now();
    let tokens = token_set(json!(3600));
    let left = tokens.expires_at.unwrap().duration_since(now).unwrap();
    assert!((3599..=3601).contains(&left.as_secs()), "{left:?}");
    assert!(!tokens.is_expired() && !tokens.expires_within(Duration::from_secs(3500)));
    assert!(tokens.expires_within(Duration::from_secs(3700)));
    for odd in [json!(0), json!(-5), json!(i64::MIN)] {
        assert!(token_set(odd.clone()).is_expired(), "{odd}");
    }
    for never in [Value::Null, json!(i64::MAX)] {
        assert!(!token_set(never.clone()).expires_within(Duration::MAX / 2) || never.is_i64(), "{never}");
    }
}

#[test]
fn token_set_serializes_and_debug_shows_no_secrets() {
    let tokens = token_set(json!(3600));
    let again: TokenSet = serde_json::from_str(&serde_json::to_string(&tokens).unwrap()).unwrap();
    assert_eq!(again.refresh_token, tokens.refresh_token);
    assert_eq!(serde_json::to_value(&again).unwrap(), serde_json::to_value(&tokens).unwrap());
    let client = genauth::AuthenticationClient::builder().app_id("a").app_host("https://example.genauth.ai").build();
    let shown = format!("{tokens:?} {:?}", TokenManager::new(&client.unwrap(), again));
    assert!(!shown.contains("ZQXJ") && shown.contains("expires_at"), "{shown}");
}
