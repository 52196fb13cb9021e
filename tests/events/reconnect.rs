//! Losing the line, and getting another one.

use std::time::{Duration, SystemTime};

use futures_util::FutureExt;
use genauth::events::EventStreamError;
use genauth::sandbox::Sandbox;
use genauth::{Error, Secret};
use reqwest::StatusCode;

use crate::helpers::{at_once, connected, end, event, gap, last_words, line_lost, lost, signed_in};
use crate::websocket_server::{frame, text};

const CODE: &str = "user.updated";
/// No time for a sign of life that does not come, and enough for one that does.
const QUIET: Duration = Duration::from_millis(50);

#[tokio::test]
async fn a_line_that_is_cut_is_lost_and_the_gap_is_told() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut events = at_once(signed_in(&sandbox).events(CODE));
    let before = SystemTime::now();
    connected(&mut events).await;
    for number in 1..=3 {
        sandbox.publish_event(CODE, "\"before\"");
        assert_eq!(event(&mut events).await.json(), "\"before\"");
        sandbox.drop_event_connections();
        sandbox.publish_event(CODE, "\"meanwhile\"");
        let reason = line_lost(&mut events).await;
        assert!(matches!(reason, EventStreamError::ConnectionLost { .. }), "{number}: {reason:?}");
        connected(&mut events).await;
        let gap = gap(&mut events).await;
        assert!(before <= gap.start && gap.start <= gap.end && gap.end <= SystemTime::now(), "{gap:?}");
        sandbox.publish_event(CODE, "\"after\"");
        assert_eq!(event(&mut events).await.json(), "\"after\"");
    }
}

#[tokio::test]
async fn a_dead_line_is_noticed() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut events = at_once(signed_in(&sandbox).events(CODE)).ping(QUIET, QUIET);
    connected(&mut events).await;
    sandbox.stall_event_connections();
    assert_eq!(line_lost(&mut events).await, EventStreamError::KeepAliveTimeout);
    connected(&mut events).await;
    gap(&mut events).await;
}

#[tokio::test]
async fn a_quiet_line_lives_as_long_as_pings_are_answered() {
    let sandbox = Sandbox::start().await.unwrap();
    let patience = Duration::from_secs(60);
    let mut events = signed_in(&sandbox).events(CODE).ping(Duration::from_millis(1), patience);
    connected(&mut events).await;
    // Many times as long as the line may be quiet.
    let delayed = async {
        tokio::time::sleep(QUIET * 4).await;
        sandbox.publish_event(CODE, "1");
    };
    let (event, ()) = tokio::join!(event(&mut events), delayed);
    assert_eq!(event.json(), "1");
}

#[tokio::test]
async fn a_busy_reader_is_not_taken_for_a_dead_line() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut events = signed_in(&sandbox).events(CODE).ping(QUIET, QUIET);
    connected(&mut events).await;
    // Begins to wait, and then does something else for longer than a line may be silent.
    assert!(crate::helpers::next(&mut events).now_or_never().is_none());
    sandbox.publish_event(CODE, "1");
    tokio::time::sleep(QUIET * 6).await;
    assert_eq!(event(&mut events).await.json(), "1");
    tokio::time::sleep(QUIET * 6).await;
    sandbox.publish_event(CODE, "2");
    assert_eq!(event(&mut events).await.json(), "2");
}

#[tokio::test]
async fn a_line_lives_longer_than_the_timeout_of_a_call() {
    let sandbox = Sandbox::start().await.unwrap();
    let timeout = Duration::from_millis(500);
    let builder = sandbox.client_builder().access_token(sandbox.issue_access_token()).timeout(timeout);
    let mut events = builder.build().unwrap().events(CODE);
    connected(&mut events).await;
    let delayed = async {
        tokio::time::sleep(timeout * 2).await;
        sandbox.publish_event(CODE, "1");
    };
    let (event, ()) = tokio::join!(event(&mut events), delayed);
    assert_eq!(event.json(), "1");
}

#[tokio::test]
async fn the_servers_pings_are_answered() {
    // A pong, masked, with a payload of the same length.
    let said = last_words([frame(0x89, b"are you there"), text("1")].concat()).await;
    assert!(said.starts_with(&[0x8a, 0x80 | 13]), "{said:?}");
}

#[tokio::test]
async fn a_server_in_trouble_is_asked_again() {
    let sandbox = Sandbox::start().await.unwrap();
    let statuses = [
        StatusCode::TOO_MANY_REQUESTS,
        StatusCode::INTERNAL_SERVER_ERROR,
        StatusCode::BAD_GATEWAY,
        StatusCode::SERVICE_UNAVAILABLE,
        StatusCode::INSUFFICIENT_STORAGE,
    ];
    statuses.into_iter().for_each(|status| sandbox.reject_next_subscription(status));
    let mut events = at_once(signed_in(&sandbox).events(CODE));
    for status in statuses {
        assert_eq!(lost(&mut events).await.status(), Some(status));
    }
    connected(&mut events).await;
    // Nothing was missed before the first line.
    sandbox.publish_event(CODE, "1");
    event(&mut events).await;
}

#[tokio::test]
async fn a_server_that_refuses_is_not_asked_again() {
    let sandbox = Sandbox::start().await.unwrap();
    for status in [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::BAD_REQUEST, StatusCode::NOT_FOUND] {
        sandbox.reject_next_subscription(status);
        let mut events = signed_in(&sandbox).events(CODE);
        let error = end(&mut events).await;
        assert!(matches!(error, Error::Api(_)), "{error:?}");
        assert_eq!(error.status(), Some(status));
        assert!(error.request_id().is_some());
    }
    let mut events = sandbox.client().unwrap().with_access_token("another").events(CODE);
    assert_eq!(end(&mut events).await.status(), Some(StatusCode::UNAUTHORIZED));
}

#[tokio::test]
async fn a_server_that_refuses_after_a_while_ends_the_stream() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut events = at_once(signed_in(&sandbox).events(CODE));
    connected(&mut events).await;
    sandbox.reject_next_subscription(StatusCode::FORBIDDEN);
    sandbox.drop_event_connections();
    line_lost(&mut events).await;
    assert_eq!(end(&mut events).await.status(), Some(StatusCode::FORBIDDEN));
}

#[tokio::test]
async fn a_server_that_is_not_there_yet_is_waited_for() {
    let free = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let host = format!("ws://127.0.0.1:{port}");
    let token = std::sync::Arc::new(std::sync::Mutex::new(Secret::from("none")));
    let given = std::sync::Arc::clone(&token);
    let client = genauth::AuthenticationClient::builder().app_id("an-app").app_host("http://127.0.0.1:1");
    let client = client.events_host(host).build().unwrap();
    let mut events = at_once(client.events(CODE)).token_provider(move || {
        let token = given.lock().unwrap().clone();
        async { Ok(token) }
    });
    for _ in 0..3 {
        match lost(&mut events).await {
            Error::Transport(error) => assert!(error.is_connect(), "{error:?}"),
            other => panic!("{other:?}"),
        }
    }
    let sandbox = Sandbox::start_on(port).await.unwrap();
    *token.lock().unwrap() = sandbox.issue_access_token().into();
    connected(&mut events).await;
}

#[tokio::test]
async fn pauses_grow_and_chance_has_a_part_in_them() {
    let client = genauth::AuthenticationClient::builder().app_id("an-app").app_host("http://127.0.0.1:1");
    let client = client.events_host("ws://127.0.0.1:1").retry_policy(genauth::RetryPolicy::never()).build().unwrap();
    let mut failures = Vec::new();
    for _ in 0..10 {
        failures.push(client.get_wechat_miniprogram_phone("a-code", "my-wxapp").await.unwrap_err());
    }
    let events = client.events(CODE).pauses(Duration::from_secs(1), Duration::from_secs(60));
    // A token that does not come, so that no socket is needed: those do not go together with a clock that stands.
    let mut events = events.token_provider(move || std::future::ready(Err(failures.pop().unwrap())));
    tokio::time::pause();
    let mut pauses = Vec::new();
    lost(&mut events).await;
    for _ in 0..8 {
        let began = tokio::time::Instant::now();
        lost(&mut events).await;
        pauses.push(began.elapsed().as_secs_f64());
    }
    for (pause, least) in pauses.iter().zip([1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]) {
        assert!((least..=2.0 * least + 0.1).contains(pause), "{pauses:?}");
    }
    assert!(pauses.iter().any(|pause| pause.fract() > 0.01), "no chance: {pauses:?}");
}
