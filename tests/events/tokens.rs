//! Where the access token comes from.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use genauth::sandbox::Sandbox;
use genauth::{ApiCode, Error, Secret};

use crate::helpers::{at_once, connected, end, gap, line_lost, lost, signed_in};
use crate::websocket_server::LineServer;

const CODE: &str = "user.updated";
const THREE_HOURS: Duration = Duration::from_secs(3 * 60 * 60);

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    let server = LineServer::start(async |_, _| {}).await;
    let builder = genauth::AuthenticationClient::builder().app_id("an-app").app_host("http://127.0.0.1:1");
    let client = builder.events_host(server.url()).build().unwrap();
    let error = end(&mut client.events(CODE)).await;
    assert_eq!(error.to_string(), "there is no access token: call `with_access_token`, or `token_provider`");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_token_that_has_expired_ends_the_stream() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut events = at_once(signed_in(&sandbox).events(CODE));
    connected(&mut events).await;
    sandbox.advance_clock(THREE_HOURS);
    sandbox.drop_event_connections();
    line_lost(&mut events).await;
    assert_eq!(end(&mut events).await.api_code(), Some(ApiCode::NOT_SIGNED_IN));
}

#[tokio::test]
async fn a_source_is_asked_for_a_token_each_time_that_the_line_is_opened() {
    let sandbox = Arc::new(Sandbox::start().await.unwrap());
    let asked = Arc::new(AtomicUsize::new(0));
    let (source, counter) = (Arc::clone(&sandbox), Arc::clone(&asked));
    let events = at_once(sandbox.client().unwrap().with_access_token("expired").events(CODE));
    let mut events = events.token_provider(move || {
        counter.fetch_add(1, SeqCst);
        let token = Secret::from(source.issue_access_token());
        async { Ok(token) }
    });
    assert_eq!(asked.load(SeqCst), 0);
    connected(&mut events).await;
    for time in 2..=4 {
        sandbox.advance_clock(THREE_HOURS);
        sandbox.drop_event_connections();
        line_lost(&mut events).await;
        connected(&mut events).await;
        gap(&mut events).await;
        assert_eq!(asked.load(SeqCst), time);
    }
}

#[tokio::test]
async fn a_source_that_fails_ends_the_stream_unless_its_failure_may_pass() {
    let sandbox = Sandbox::start().await.unwrap();
    let elsewhere = genauth::AuthenticationClient::builder().app_id("an-app").app_host("http://127.0.0.1:1");
    let elsewhere = elsewhere.retry_policy(genauth::RetryPolicy::never()).build().unwrap();
    let passing = elsewhere.get_profile().await.unwrap_err();
    let lasting = sandbox.client().unwrap().get_profile().await.unwrap_err();
    let mut answers = vec![Err(lasting), Ok(sandbox.issue_access_token().into()), Err(passing)];
    let events = at_once(sandbox.client().unwrap().events(CODE));
    let mut events = events.token_provider(move || std::future::ready(answers.pop().unwrap()));
    assert!(matches!(lost(&mut events).await, Error::Transport(_)));
    connected(&mut events).await;
    sandbox.drop_event_connections();
    line_lost(&mut events).await;
    assert_eq!(end(&mut events).await.api_code(), Some(ApiCode::NOT_SIGNED_IN));
}

#[cfg(feature = "oidc")]
#[tokio::test]
async fn a_token_handle_renews_the_token_before_the_line_is_opened() {
    use genauth::oidc::{TokenManager, TokenSet};

    const CALLBACK: &str = "https://shop.example/callback";
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    let address = client.build_authorize_url(CALLBACK, "openid offline_access").prompt("consent");
    let landed = sandbox.authorize(&address.to_url().unwrap()).await.unwrap();
    let (_, code) = landed.query_pairs().find(|(name, _)| name == "code").unwrap();
    let tokens: TokenSet = client.get_access_token_by_code(code, CALLBACK).await.unwrap().into();

    let mut kept = serde_json::to_value(&tokens).unwrap();
    kept["access_token"] = "expired".into();
    kept["expires_at"] = 0.into();
    let handle = TokenManager::new(&client, serde_json::from_value(kept).unwrap());
    let mut events = at_once(client.events(CODE)).token_manager(&handle);
    connected(&mut events).await;
    assert_ne!(handle.tokens().refresh_token, tokens.refresh_token);
}
