//! When a call is retried, and when it never is.

use std::time::{Duration, Instant, SystemTime};

use crate::raw_server::{RawServer, http, json};
use genauth::{AuthenticationClient, Error, RetryPolicy};
use tokio::net::TcpListener;

const READ: &str = r#"{"statusCode":200,"message":"","data":{"userId":"u-1"}}"#;
const PHONE: &str = r#"{"statusCode":200,"message":"","data":{"phoneNumber":"+8618812348888","purePhoneNumber":"18812348888","countryCode":"86"}}"#;

fn quick(attempts: usize) -> RetryPolicy {
    RetryPolicy::max_attempts(attempts).backoff(Duration::from_millis(1), Duration::from_millis(5))
}

fn client(server: &RawServer) -> AuthenticationClient {
    server.builder().access_token("a-token").retry_policy(quick(3)).build().unwrap()
}

/// Transient failures, each as the bytes of a response.
fn failures() -> Vec<Vec<u8>> {
    vec![
        Vec::new(),
        b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"statusCode\":200".to_vec(),
        http("502 Bad Gateway", "text/html", b"<h1>502</h1>"),
        http("503 Service Unavailable", "text/html", b""),
        json("429 Too Many Requests", r#"{"statusCode":429,"message":"slow down"}"#),
        json("200 OK", r#"{"statusCode":429,"message":"slow down"}"#),
        json("200 OK", r#"{"statusCode":500,"message":"oops"}"#),
    ]
}

#[tokio::test]
async fn idempotent_call_retried_after_transient_failure() {
    for failure in failures() {
        let text = String::from_utf8_lossy(&failure).into_owned();
        let server = RawServer::with_responses([failure, json("200 OK", READ)]).await;
        let profile = client(&server).get_profile().await;
        assert!(profile.is_ok(), "after {text:?}: {profile:?}");
        assert_eq!(server.waiting(), 2, "after {text:?}");
    }
}

#[tokio::test]
async fn non_idempotent_call_sent_once() {
    for failure in failures() {
        let text = String::from_utf8_lossy(&failure).into_owned();
        let server = RawServer::with_responses([failure, json("200 OK", PHONE)]).await;
        let error = client(&server).get_wechat_miniprogram_phone("a-code", "my-wxapp").await.unwrap_err();
        assert!(error.is_transient(), "{text:?}: {error}");
        assert_eq!(server.waiting(), 1, "the code was sent twice after {text:?}");
    }
}

#[tokio::test]
async fn non_idempotent_call_not_retried_after_timeout() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let host = format!("http://{}", listener.local_addr().unwrap());
    let client =
        AuthenticationClient::builder().app_id("an-app").app_host(host).retry_policy(quick(5)).build().unwrap();
    let call = client.get_wechat_miniprogram_phone("a-code", "my-wxapp").timeout(Duration::from_millis(100));
    call.await.unwrap_err();
    listener.accept().await.unwrap();
    let second = tokio::time::timeout(Duration::from_millis(200), listener.accept()).await;
    assert!(second.is_err(), "the client connected twice");
}

#[tokio::test]
async fn post_marked_idempotent_retried() {
    let body = r#"{"statusCode":200,"message":"","data":{"checkResultList":[]}}"#;
    let server = RawServer::with_responses([Vec::new(), json("200 OK", body)]).await;
    let sent = client(&server).check_permission_by_string_resource(["a"], "read").await;
    assert_eq!(server.waiting(), 2, "{sent:?}");
}

#[tokio::test]
async fn any_call_retried_after_failure_to_connect() {
    let address = TcpListener::bind(("127.0.0.1", 0)).await.unwrap().local_addr().unwrap();
    let host = format!("http://{address}");
    let policy = RetryPolicy::max_attempts(50).backoff(Duration::from_millis(20), Duration::from_millis(20));
    let client = AuthenticationClient::builder().app_id("an-app").app_host(host).retry_policy(policy).build().unwrap();
    let call = tokio::spawn(client.get_wechat_miniprogram_phone("a-code", "my-wxapp").into_future());
    tokio::time::sleep(Duration::from_millis(50)).await;
    let server = RawServer::at(address, [json("200 OK", PHONE)]).await;
    call.await.unwrap().expect("a retry after the server has started");
    assert_eq!(server.waiting(), 1);
}

#[tokio::test]
async fn permanent_failure_returned_after_one_attempt() {
    for response in [
        json("200 OK", r#"{"statusCode":403,"message":"no"}"#),
        json("404 Not Found", r#"{"statusCode":404,"message":"no"}"#),
        json("200 OK", r#"{"statusCode":200,"message":"","data":[]}"#),
        http("200 OK", "text/html", b"<h1>Welcome</h1>"),
    ] {
        let server = RawServer::start(response).await;
        let error = client(&server).get_profile().await.unwrap_err();
        assert_eq!(server.waiting(), 1, "{error}");
    }
}

#[tokio::test]
async fn retry_policy_limits_attempts() {
    let failure = http("503 Service Unavailable", "text/html", b"");
    for (policy, attempts) in [(Some(RetryPolicy::never()), 1), (None, 3), (Some(quick(5)), 5), (Some(quick(0)), 1)] {
        let server = RawServer::start(failure.clone()).await;
        let builder = server.builder().access_token("a-token");
        let builder = match policy {
            Some(policy) => builder.retry_policy(policy),
            None => builder,
        };
        let error = builder.build().unwrap().get_profile().await.unwrap_err();
        assert_eq!(server.waiting(), attempts, "{policy:?}: {error}");
    }
    let server = RawServer::start(failure).await;
    client(&server).get_profile().retry_policy(RetryPolicy::never()).await.unwrap_err();
    assert_eq!(server.waiting(), 1, "the policy of the call must take precedence");
}

/// How long a call takes whose first response has this header.
async fn time_with_retry_after(value: &str) -> Duration {
    let started = Instant::now();
    let failure = http(&format!("503 Service Unavailable\r\nretry-after: {value}"), "text/html", b"");
    let server = RawServer::with_responses([failure, json("200 OK", READ)]).await;
    client(&server).get_profile().await.unwrap();
    assert_eq!(server.waiting(), 2, "{value}");
    started.elapsed()
}

#[tokio::test]
async fn retry_after_in_seconds_or_as_date_delays_next_attempt() {
    // Dates have whole seconds, so this one is more than two seconds away; the clock may be adjusted meanwhile.
    let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(3));
    let (after_seconds, after_date) = tokio::join!(time_with_retry_after("1"), time_with_retry_after(&date));
    assert!(after_seconds >= Duration::from_secs(1), "only {after_seconds:?}");
    assert!(after_date >= Duration::from_secs(1), "{date}: only {after_date:?}");
}

#[tokio::test]
async fn retry_after_beyond_timeout_ends_call() {
    let failure = json("429 Too Many Requests\r\nretry-after: 3600", r#"{"statusCode":429,"message":"slow down"}"#);
    let server = RawServer::start(failure).await;
    let error = client(&server).get_profile().await.unwrap_err();
    assert!(matches!(error, Error::Api(_)), "{error:?}");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    assert_eq!(server.waiting(), 1);
}

#[tokio::test]
async fn timeout_covers_all_attempts() {
    let server = RawServer::start(http("503 Service Unavailable", "text/html", b"")).await;
    let started = Instant::now();
    let policy = RetryPolicy::max_attempts(usize::MAX).backoff(Duration::from_millis(20), Duration::from_millis(20));
    let call = client(&server).get_profile().retry_policy(policy).timeout(Duration::from_millis(500));
    let error = call.await.unwrap_err();
    assert!(error.is_transient(), "{error:?}");
    assert!(server.waiting() > 1);
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}
