//! Tokens that renew themselves.

use std::time::{Duration, SystemTime};

use axum::http::StatusCode;
use genauth::oidc::{TokenError, TokenManager, TokenSet};
use genauth::types::OauthTokenRespDto;
use genauth::{Error, OAuthErrorCode};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::provider::{Form, Provider};

/// Tokens that live for so many seconds yet.
fn token_set(expires_in: Value) -> TokenSet {
    let answer = json!({
        "access_token": "old-ZQXJ", "token_type": "Bearer", "expires_in": expires_in, "refresh_token": "refresh-0-ZQXJ",
        "id_token": "id-ZQXJ", "scope": "openid offline_access",
    });
    serde_json::from_value::<OauthTokenRespDto>(answer).unwrap().into()
}

/// A token endpoint that takes each refresh token once, and gives another.
fn rotating() -> impl FnMut(&Form) -> (StatusCode, Value) {
    let mut count = 0;
    move |form| {
        if form["grant_type"] != "refresh_token" || form["refresh_token"] != format!("refresh-{count}-ZQXJ") {
            return (StatusCode::BAD_REQUEST, json!({ "error": "invalid_grant" }));
        }
        count += 1;
        let (access, refresh) = (format!("new-{count}-ZQXJ"), format!("refresh-{count}-ZQXJ"));
        let answer =
            json!({ "access_token": access, "token_type": "Bearer", "expires_in": 1, "refresh_token": refresh });
        (StatusCode::OK, answer)
    }
}

async fn ask_64_times(handle: &TokenManager) -> Vec<genauth::Result<String>> {
    let mut tasks = JoinSet::new();
    for _ in 0..64 {
        let handle = handle.clone();
        tasks.spawn(async move { handle.access_token().await.map(|token| token.expose_secret().to_owned()) });
    }
    tasks.join_all().await
}

#[tokio::test]
async fn sixty_four_callers_renew_a_token_once_and_all_get_the_new_one() {
    let provider = Provider::start().await;
    provider.answer_tokens(rotating());
    provider.delay_tokens(Duration::from_millis(100));
    let handle = TokenManager::new(&provider.client(), token_set(json!(0)));
    let mut news = handle.subscribe();
    for token in ask_64_times(&handle).await {
        assert_eq!(token.unwrap(), "new-1-ZQXJ");
    }
    assert_eq!(provider.forms().len(), 1);

    // The new refresh token is used the next time, and the rest is kept.
    assert!(news.has_changed().unwrap());
    assert_eq!(news.borrow_and_update().refresh_token.as_ref().unwrap().expose_secret(), "refresh-1-ZQXJ");
    tokio::time::sleep(Duration::from_millis(1100)).await;
    assert_eq!(handle.access_token().await.unwrap().expose_secret(), "new-2-ZQXJ");
    let tokens = handle.tokens();
    assert_eq!(tokens.refresh_token.unwrap().expose_secret(), "refresh-2-ZQXJ");
    assert_eq!(tokens.id_token.unwrap().expose_secret(), "id-ZQXJ");
    assert_eq!(tokens.scope.as_deref(), Some("openid offline_access"));
}

#[tokio::test]
async fn a_token_is_renewed_shortly_before_it_expires_and_not_sooner() {
    let provider = Provider::start().await;
    provider.answer_tokens(rotating());
    // As it came, and as it looks when all but `left` seconds of its life are over.
    for (life, left, is_renewed) in
        [(3600, 3590, false), (3600, 90, false), (3600, 50, true), (60, 40, false), (60, 20, true)]
    {
        let mut kept = serde_json::to_value(token_set(json!(life))).unwrap();
        kept["obtained_at"] = json!(kept["obtained_at"].as_u64().unwrap() - (life - left));
        kept["expires_at"] = json!(kept["expires_at"].as_u64().unwrap() - (life - left));
        let before = provider.forms().len();
        let handle = TokenManager::new(&provider.client(), serde_json::from_value(kept).unwrap());
        let _ = handle.access_token().await;
        assert_eq!(provider.forms().len() > before, is_renewed, "{left} s of {life} s left");
    }
    let handle = TokenManager::new(&provider.client(), token_set(Value::Null));
    assert_eq!(handle.access_token().await.unwrap().expose_secret(), "old-ZQXJ", "nobody said when it expires");
}

#[tokio::test]
async fn a_refused_refresh_token_is_told_to_all_and_not_tried_again() {
    let provider = Provider::start().await;
    provider.delay_tokens(Duration::from_millis(100));
    let handle = TokenManager::new(&provider.client(), token_set(json!(0)));
    for outcome in ask_64_times(&handle).await {
        let Err(Error::OAuth(error)) = outcome else { panic!("{outcome:?}") };
        assert_eq!(error.error, OAuthErrorCode::InvalidGrant);
    }
    handle.access_token().await.unwrap_err();
    assert_eq!(provider.forms().len(), 1);
}

#[tokio::test]
async fn a_server_in_trouble_is_not_hammered_and_the_old_token_used_while_it_lives() {
    let provider = Provider::start().await;
    provider.answer_tokens(|_| (StatusCode::SERVICE_UNAVAILABLE, json!({ "error": "temporarily_unavailable" })));
    let mut kept = serde_json::to_value(token_set(json!(3600))).unwrap();
    let now = kept["obtained_at"].as_u64().unwrap();
    kept["expires_at"] = json!(now + 30);
    kept["obtained_at"] = json!(now - 3570);
    let handle = TokenManager::new(&provider.client(), serde_json::from_value(kept.clone()).unwrap());
    for token in ask_64_times(&handle).await {
        assert_eq!(token.unwrap(), "old-ZQXJ");
    }
    assert_eq!(provider.forms().len(), 1);

    kept["expires_at"] = json!(now - 1);
    let handle = TokenManager::new(&provider.client(), serde_json::from_value(kept).unwrap());
    for outcome in ask_64_times(&handle).await {
        assert!(matches!(outcome, Err(Error::OAuth(_))), "{outcome:?}");
    }
    assert_eq!(provider.forms().len(), 2);

    // When the server is well again, so is the handle.
    provider.answer_tokens(rotating());
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(6)).await;
    tokio::time::resume();
    assert_eq!(handle.access_token().await.unwrap().expose_secret(), "new-1-ZQXJ");
}

#[tokio::test]
async fn a_renewal_is_finished_even_if_nobody_waits_for_it() {
    let provider = Provider::start().await;
    provider.answer_tokens(rotating());
    provider.delay_tokens(Duration::from_millis(100));
    let handle = TokenManager::new(&provider.client(), token_set(json!(0)));
    let mut news = handle.subscribe();
    tokio::time::timeout(Duration::from_millis(20), handle.access_token()).await.unwrap_err();
    tokio::time::timeout(Duration::from_secs(10), news.changed()).await.expect("it goes on").unwrap();
    assert_eq!(handle.tokens().refresh_token.unwrap().expose_secret(), "refresh-1-ZQXJ");
    assert_eq!(provider.forms().len(), 1);
}

#[tokio::test]
async fn without_refresh_token_the_user_has_to_log_in_again() {
    let provider = Provider::start().await;
    let answer = json!({ "access_token": "old-ZQXJ", "token_type": "Bearer", "expires_in": 0 });
    let tokens = serde_json::from_value::<OauthTokenRespDto>(answer).unwrap().into();
    match TokenManager::new(&provider.client(), tokens).access_token().await {
        Err(error @ Error::Token(TokenError::MissingRefreshToken)) => {
            assert!(error.to_string().contains("offline_access"), "{error}");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_handles_client_calls_with_its_token() {
    let provider = Provider::start().await;
    let handle = TokenManager::new(&provider.client(), token_set(json!(3600)));
    let shown = format!("{:?}", handle.client().await.unwrap());
    assert!(shown.contains("access_token: Some"), "{shown}");
}

#[test]
fn tokens_know_when_they_expire() {
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
fn tokens_can_be_kept_and_are_not_shown() {
    let tokens = token_set(json!(3600));
    let again: TokenSet = serde_json::from_str(&serde_json::to_string(&tokens).unwrap()).unwrap();
    assert_eq!(again.refresh_token, tokens.refresh_token);
    assert_eq!(serde_json::to_value(&again).unwrap(), serde_json::to_value(&tokens).unwrap());
    let client = genauth::AuthenticationClient::builder().app_id("a").app_host("https://example.genauth.ai").build();
    let shown = format!("{tokens:?} {:?}", TokenManager::new(&client.unwrap(), again));
    assert!(!shown.contains("ZQXJ") && shown.contains("expires_at"), "{shown}");
}
