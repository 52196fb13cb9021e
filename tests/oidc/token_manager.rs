//! Refreshing tokens.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::SeqCst;
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

/// The tokens, half a minute before they expire.
fn expiring() -> TokenSet {
    let mut stored = serde_json::to_value(token_set(json!(3600))).unwrap();
    let now = stored["obtained_at"].as_u64().unwrap();
    stored["expires_at"] = json!(now + 30);
    stored["obtained_at"] = json!(now - 3570);
    serde_json::from_value(stored).unwrap()
}

async fn advance(seconds: u64) {
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(seconds)).await;
    tokio::time::resume();
}

#[tokio::test]
async fn refresh_is_not_repeated_after_any_final_response() {
    for (status, body) in [
        (400, json!({ "error": "invalid_request" })),
        (401, json!({ "error": "invalid_client" })),
        (400, json!({ "error": "unauthorized_client" })),
        (403, json!({ "error": "access_denied" })),
        (200, json!({ "error": "invalid_grant" })),
        (200, json!({ "statusCode": 400, "apiCode": 2020, "message": "no" })),
        (200, json!({ "code": 401, "message": "no" })),
        (404, Value::Null),
        (200, json!({})),
    ] {
        let provider = Provider::start().await;
        let response = body.clone();
        provider.respond_with(move |_| (StatusCode::from_u16(status).unwrap(), response.clone()));
        let manager = TokenManager::new(&provider.client(), expiring());
        for _ in 0..3 {
            assert_eq!(manager.access_token().await.unwrap().expose_secret(), "old-ZQXJ");
            advance(6).await;
        }
        assert_eq!(provider.forms().len(), 1, "{status}: {body}");
    }
}

#[tokio::test]
async fn refresh_keeps_the_tokens_of_a_response_that_cannot_be_read() {
    for (body, access_token, refresh_token) in [
        (json!({ "access_token": "new", "refresh_token": "rotated" }), "new", "rotated"),
        (json!({ "access_token": "new", "token_type": [1], "refresh_token": "rotated" }), "new", "rotated"),
        (json!({ "access_token": ["new"], "token_type": "Bearer", "refresh_token": "rotated" }), "old-ZQXJ", "rotated"),
        (json!({ "access_token": "new", "token_type": "Bearer", "refresh_token": "" }), "new", "refresh-0-ZQXJ"),
    ] {
        let provider = Provider::start().await;
        let response = body.clone();
        provider.respond_with(move |_| (StatusCode::OK, response.clone()));
        let manager = TokenManager::new(&provider.client(), expiring());
        assert_eq!(manager.access_token().await.unwrap().expose_secret(), access_token, "{body}");
        assert_eq!(manager.tokens().refresh_token.unwrap().expose_secret(), refresh_token, "{body}");
    }
}

#[tokio::test]
async fn refresh_that_yields_an_expired_token_is_not_repeated_at_once() {
    for expires_in in [0, -1] {
        let provider = Provider::start().await;
        let body =
            json!({ "access_token": "new", "token_type": "Bearer", "expires_in": expires_in, "refresh_token": "r" });
        provider.respond_with(move |_| (StatusCode::OK, body.clone()));
        let manager = TokenManager::new(&provider.client(), token_set(json!(0)));
        for _ in 0..20 {
            assert_eq!(manager.access_token().await.unwrap().expose_secret(), "new");
        }
        assert_eq!(provider.forms().len(), 1);
        advance(6).await;
        manager.access_token().await.unwrap();
        assert_eq!(provider.forms().len(), 2);
    }
}

#[tokio::test]
async fn refresh_outlives_the_timeout_of_calls() {
    let provider = Provider::start().await;
    provider.respond_with(rotating());
    provider.delay_tokens(Duration::from_millis(300));
    let client = provider.builder().timeout(Duration::from_millis(50)).build().unwrap();
    let manager = TokenManager::new(&client, expiring());
    let mut refreshed = manager.subscribe();
    assert_eq!(manager.access_token().await.unwrap().expose_secret(), "old-ZQXJ");
    assert_eq!(manager.access_token().await.unwrap().expose_secret(), "old-ZQXJ");
    refreshed.changed().await.unwrap();
    assert_eq!(manager.access_token().await.unwrap().expose_secret(), "new-1-ZQXJ");
    assert_eq!(provider.forms().len(), 1);
}

#[tokio::test]
async fn refresh_whose_response_is_lost_is_not_repeated_while_the_token_is_valid() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = format!("http://{}", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let server = tokio::spawn({
        let connections = Arc::clone(&connections);
        async move {
            loop {
                let (mut socket, _) = listener.accept().await.unwrap();
                connections.fetch_add(1, SeqCst);
                let _ = tokio::io::AsyncReadExt::read(&mut socket, &mut [0; 1000]).await;
            }
        }
    });
    let client = genauth::AuthenticationClient::builder().app_id("an-app").app_host(host).build().unwrap();
    let manager = TokenManager::new(&client, expiring());
    for _ in 0..3 {
        assert_eq!(manager.access_token().await.unwrap().expose_secret(), "old-ZQXJ");
        advance(6).await;
    }
    assert_eq!(connections.load(SeqCst), 1);
    server.abort();
}

#[test]
fn refresh_cut_off_by_the_end_of_its_runtime_is_not_repeated_while_the_token_is_valid() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (servers, first) = (runtime(), runtime());
    let provider = servers.block_on(Provider::start());
    provider.delay_tokens(Duration::from_secs(60));
    // The provider runs while this runtime is entered.
    std::thread::scope(|scope| {
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        scope.spawn(move || servers.block_on(stopped));
        let manager = TokenManager::new(&provider.client(), expiring());
        first.block_on(async {
            let waited = tokio::time::timeout(Duration::from_millis(200), manager.access_token()).await;
            waited.unwrap_err();
        });
        drop(first);
        let second = runtime();
        assert_eq!(second.block_on(manager.access_token()).unwrap().expose_secret(), "old-ZQXJ");
        assert_eq!(provider.forms().len(), 1);
        stop.send(()).unwrap();
    });
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
