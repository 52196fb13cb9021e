//! The access token of each connection.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use genauth::sandbox::Sandbox;
use genauth::{ApiCode, AuthenticationClient, Error, RetryPolicy, Secret};

use crate::helpers::{connected, connection_error, disconnected, final_error, gap, signed_in, without_backoff};
use crate::websocket_server::WebSocketServer;

const EVENT_TYPE: &str = "user.updated";
const THREE_HOURS: Duration = Duration::from_secs(3 * 60 * 60);

#[tokio::test]
async fn token_missing_ends_stream_before_anything_is_sent() {
    let server = WebSocketServer::start(async |_, _| {}).await;
    let builder = AuthenticationClient::builder().app_id("an-app").app_host("http://127.0.0.1:1");
    let client = builder.events_host(server.url()).build().unwrap();
    let error = final_error(&mut client.events(EVENT_TYPE)).await;
    assert_eq!(error.to_string(), "missing access token: call `with_access_token`, or `token_provider`");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn token_expired_ends_stream_on_reconnect() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut events = without_backoff(signed_in(&sandbox).events(EVENT_TYPE));
    connected(&mut events).await;
    sandbox.advance_clock(THREE_HOURS);
    sandbox.drop_event_connections();
    connection_error(&mut events).await;
    assert_eq!(final_error(&mut events).await.api_code(), Some(ApiCode::NOT_SIGNED_IN));
}

#[tokio::test]
async fn token_provider_is_called_for_each_connection() {
    let sandbox = Arc::new(Sandbox::start().await.unwrap());
    let calls = Arc::new(AtomicUsize::new(0));
    let (issuer, counter) = (Arc::clone(&sandbox), Arc::clone(&calls));
    let events = without_backoff(sandbox.client().unwrap().with_access_token("expired").events(EVENT_TYPE));
    let mut events = events.token_provider(move || {
        counter.fetch_add(1, SeqCst);
        let token = Secret::from(issuer.issue_access_token());
        async { Ok(token) }
    });
    assert_eq!(calls.load(SeqCst), 0);
    connected(&mut events).await;
    for connections in 2..=4 {
        sandbox.advance_clock(THREE_HOURS);
        sandbox.drop_event_connections();
        connection_error(&mut events).await;
        connected(&mut events).await;
        gap(&mut events).await;
        assert_eq!(calls.load(SeqCst), connections);
    }
}

#[tokio::test]
async fn token_provider_error_ends_stream_unless_transient() {
    let sandbox = Sandbox::start().await.unwrap();
    let unreachable = AuthenticationClient::builder().app_id("an-app").app_host("http://127.0.0.1:1");
    let unreachable = unreachable.retry_policy(RetryPolicy::never()).build().unwrap();
    let transient = unreachable.get_profile().await.unwrap_err();
    let permanent = sandbox.client().unwrap().get_profile().await.unwrap_err();
    let mut results = vec![Err(permanent), Ok(sandbox.issue_access_token().into()), Err(transient)];
    let events = without_backoff(sandbox.client().unwrap().events(EVENT_TYPE));
    let mut events = events.token_provider(move || std::future::ready(results.pop().unwrap()));
    assert!(matches!(disconnected(&mut events).await, Error::Transport(_)));
    connected(&mut events).await;
    sandbox.drop_event_connections();
    connection_error(&mut events).await;
    assert_eq!(final_error(&mut events).await.api_code(), Some(ApiCode::NOT_SIGNED_IN));
}

#[cfg(feature = "oidc")]
#[tokio::test]
async fn token_manager_refreshes_expired_token_before_connecting() {
    use genauth::oidc::{TokenManager, TokenSet};

    const CALLBACK: &str = "https://shop.example/callback";
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    let url = client.build_authorize_url(CALLBACK, "openid offline_access").prompt("consent");
    let callback = sandbox.authorize(&url.to_url().unwrap()).await.unwrap();
    let (_, code) = callback.query_pairs().find(|(name, _)| name == "code").unwrap();
    let tokens: TokenSet = client.get_access_token_by_code(code, CALLBACK).await.unwrap().into();

    let mut expired = serde_json::to_value(&tokens).unwrap();
    expired["access_token"] = "expired".into();
    expired["expires_at"] = 0.into();
    let manager = TokenManager::new(&client, serde_json::from_value(expired).unwrap());
    let mut events = without_backoff(client.events(EVENT_TYPE)).token_manager(&manager);
    connected(&mut events).await;
    assert_ne!(manager.tokens().refresh_token, tokens.refresh_token);
}
