//! Losing the connection, and reconnecting.

use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use futures_util::FutureExt;
use genauth::events::EventStreamError;
use genauth::sandbox::Sandbox;
use genauth::{AuthenticationClient, Error, RetryPolicy, Secret};
use reqwest::StatusCode;

use crate::helpers::{
    connected, connection_error, disconnected, event, final_error, gap, next, sent_until_drop, signed_in,
    without_backoff,
};
use crate::websocket_server::{frame, text};

const EVENT_TYPE: &str = "user.updated";
/// Short for a pong that never arrives, long enough for one that does.
const INTERVAL: Duration = Duration::from_millis(50);

#[tokio::test]
async fn reconnect_after_lost_connection_reports_gap() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut events = without_backoff(signed_in(&sandbox).events(EVENT_TYPE));
    let before = SystemTime::now();
    connected(&mut events).await;
    for number in 1..=3 {
        sandbox.publish_event(EVENT_TYPE, "\"before\"");
        assert_eq!(event(&mut events).await.payload(), "\"before\"");
        sandbox.drop_event_connections();
        sandbox.publish_event(EVENT_TYPE, "\"meanwhile\"");
        let error = connection_error(&mut events).await;
        assert!(matches!(error, EventStreamError::ConnectionLost { .. }), "{number}: {error:?}");
        connected(&mut events).await;
        let gap = gap(&mut events).await;
        assert!(before <= gap.start && gap.start <= gap.end && gap.end <= SystemTime::now(), "{gap:?}");
        sandbox.publish_event(EVENT_TYPE, "\"after\"");
        assert_eq!(event(&mut events).await.payload(), "\"after\"");
    }
}

#[tokio::test]
async fn keep_alive_timeout_reconnects() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut events = without_backoff(signed_in(&sandbox).events(EVENT_TYPE)).keep_alive(INTERVAL, INTERVAL);
    connected(&mut events).await;
    sandbox.stall_event_connections();
    assert_eq!(connection_error(&mut events).await, EventStreamError::KeepAliveTimeout);
    connected(&mut events).await;
    gap(&mut events).await;
}

#[tokio::test]
async fn keep_alive_with_pongs_keeps_idle_connection() {
    let sandbox = Sandbox::start().await.unwrap();
    let timeout = Duration::from_secs(60);
    let mut events = signed_in(&sandbox).events(EVENT_TYPE).keep_alive(Duration::from_millis(1), timeout);
    connected(&mut events).await;
    // Idle for many times the interval.
    let delayed = async {
        tokio::time::sleep(INTERVAL * 4).await;
        sandbox.publish_event(EVENT_TYPE, "1");
    };
    let (event, ()) = tokio::join!(event(&mut events), delayed);
    assert_eq!(event.payload(), "1");
}

#[tokio::test]
async fn keep_alive_does_not_count_time_of_busy_reader() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut events = signed_in(&sandbox).events(EVENT_TYPE).keep_alive(INTERVAL, INTERVAL);
    connected(&mut events).await;
    // Polls once, and then not for longer than interval and timeout together.
    assert!(next(&mut events).now_or_never().is_none());
    sandbox.publish_event(EVENT_TYPE, "1");
    tokio::time::sleep(INTERVAL * 6).await;
    assert_eq!(event(&mut events).await.payload(), "1");
    tokio::time::sleep(INTERVAL * 6).await;
    sandbox.publish_event(EVENT_TYPE, "2");
    assert_eq!(event(&mut events).await.payload(), "2");
}

#[tokio::test]
async fn connection_outlives_timeout_of_client() {
    let sandbox = Sandbox::start().await.unwrap();
    let timeout = Duration::from_millis(500);
    let builder = sandbox.client_builder().access_token(sandbox.issue_access_token()).timeout(timeout);
    let mut events = builder.build().unwrap().events(EVENT_TYPE);
    connected(&mut events).await;
    let delayed = async {
        tokio::time::sleep(timeout * 2).await;
        sandbox.publish_event(EVENT_TYPE, "1");
    };
    let (event, ()) = tokio::join!(event(&mut events), delayed);
    assert_eq!(event.payload(), "1");
}

#[tokio::test]
async fn ping_of_server_gets_pong() {
    // A masked pong with a payload of the same length.
    let sent = sent_until_drop([frame(0x89, b"are you there"), text("1")].concat()).await;
    assert!(sent.starts_with(&[0x8a, 0x80 | 13]), "not a pong: {sent:?}");
}

#[tokio::test]
async fn subscribe_rejected_with_429_or_5xx_is_retried() {
    let sandbox = Sandbox::start().await.unwrap();
    let statuses = [
        StatusCode::TOO_MANY_REQUESTS,
        StatusCode::INTERNAL_SERVER_ERROR,
        StatusCode::BAD_GATEWAY,
        StatusCode::SERVICE_UNAVAILABLE,
        StatusCode::INSUFFICIENT_STORAGE,
    ];
    statuses.into_iter().for_each(|status| sandbox.reject_next_subscription(status));
    let mut events = without_backoff(signed_in(&sandbox).events(EVENT_TYPE));
    for status in statuses {
        assert_eq!(disconnected(&mut events).await.status(), Some(status));
    }
    connected(&mut events).await;
    // No gap before the first connection.
    sandbox.publish_event(EVENT_TYPE, "1");
    event(&mut events).await;
}

#[tokio::test]
async fn subscribe_rejected_with_4xx_ends_stream() {
    let sandbox = Sandbox::start().await.unwrap();
    for status in [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::BAD_REQUEST, StatusCode::NOT_FOUND] {
        sandbox.reject_next_subscription(status);
        let mut events = signed_in(&sandbox).events(EVENT_TYPE);
        let error = final_error(&mut events).await;
        assert!(matches!(error, Error::Api(_)), "{error:?}");
        assert_eq!(error.status(), Some(status));
        assert!(error.request_id().is_some());
    }
    let mut events = sandbox.client().unwrap().with_access_token("another").events(EVENT_TYPE);
    assert_eq!(final_error(&mut events).await.status(), Some(StatusCode::UNAUTHORIZED));
}

#[tokio::test]
async fn reconnect_rejected_with_403_ends_stream() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut events = without_backoff(signed_in(&sandbox).events(EVENT_TYPE));
    connected(&mut events).await;
    sandbox.reject_next_subscription(StatusCode::FORBIDDEN);
    sandbox.drop_event_connections();
    connection_error(&mut events).await;
    assert_eq!(final_error(&mut events).await.status(), Some(StatusCode::FORBIDDEN));
}

#[tokio::test]
async fn connection_refused_is_retried_until_server_starts() {
    let free = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let token = Arc::new(Mutex::new(Secret::from("none")));
    let provided = Arc::clone(&token);
    let client = AuthenticationClient::builder().app_id("an-app").app_host("http://127.0.0.1:1");
    let client = client.events_host(format!("ws://127.0.0.1:{port}")).build().unwrap();
    let mut events = without_backoff(client.events(EVENT_TYPE)).token_provider(move || {
        let token = provided.lock().unwrap().clone();
        async { Ok(token) }
    });
    for _ in 0..3 {
        match disconnected(&mut events).await {
            Error::Transport(error) => assert!(error.is_connect(), "{error:?}"),
            other => panic!("not a transport error: {other:?}"),
        }
    }
    let sandbox = Sandbox::start_on(port).await.unwrap();
    *token.lock().unwrap() = sandbox.issue_access_token().into();
    connected(&mut events).await;
}

#[tokio::test]
async fn reconnect_backoff_is_exponential_with_jitter() {
    let client = AuthenticationClient::builder().app_id("an-app").app_host("http://127.0.0.1:1");
    let client = client.events_host("ws://127.0.0.1:1").retry_policy(RetryPolicy::never()).build().unwrap();
    let mut failures = Vec::new();
    for _ in 0..10 {
        failures.push(client.get_wechat_miniprogram_phone("a-code", "my-wxapp").await.unwrap_err());
    }
    let events = client.events(EVENT_TYPE).reconnect_backoff(Duration::from_secs(1), Duration::from_secs(60));
    // The token provider fails, so that no socket is needed: sockets do not work while tokio's clock is paused.
    let mut events = events.token_provider(move || std::future::ready(Err(failures.pop().unwrap())));
    tokio::time::pause();
    let mut delays = Vec::new();
    disconnected(&mut events).await;
    for _ in 0..8 {
        let start = tokio::time::Instant::now();
        disconnected(&mut events).await;
        delays.push(start.elapsed().as_secs_f64());
    }
    for (delay, min) in delays.iter().zip([1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]) {
        assert!((min..=2.0 * min + 0.1).contains(delay), "not exponential: {delays:?}");
    }
    assert!(delays.iter().any(|delay| delay.fract() > 0.01), "no jitter: {delays:?}");
}
