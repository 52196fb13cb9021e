//! When a call is sent again, and when it never is.

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

/// Failures that may pass, each as the bytes of an answer.
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
async fn a_read_is_sent_again_after_a_failure_that_may_pass() {
    for failure in failures() {
        let text = String::from_utf8_lossy(&failure).into_owned();
        let server = RawServer::with_responses([failure, json("200 OK", READ)]).await;
        let profile = client(&server).get_profile().await;
        assert!(profile.is_ok(), "after {text:?}: {profile:?}");
        assert_eq!(server.waiting(), 2, "after {text:?}");
    }
}

#[tokio::test]
async fn what_is_not_a_read_is_sent_once_whatever_comes_back() {
    for failure in failures() {
        let text = String::from_utf8_lossy(&failure).into_owned();
        let server = RawServer::with_responses([failure, json("200 OK", PHONE)]).await;
        let error = client(&server).get_wechat_miniprogram_phone("a-code", "my-wxapp").await.unwrap_err();
        assert!(error.is_transient(), "{text:?}: {error}");
        assert_eq!(server.waiting(), 1, "the code was sent again after {text:?}");
    }
}

#[tokio::test]
async fn silence_does_not_send_twice() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let host = format!("http://{}", listener.local_addr().unwrap());
    let client =
        AuthenticationClient::builder().app_id("an-app").app_host(host).retry_policy(quick(5)).build().unwrap();
    let call = client.get_wechat_miniprogram_phone("a-code", "my-wxapp").timeout(Duration::from_millis(100));
    call.await.unwrap_err();
    listener.accept().await.unwrap();
    let second = tokio::time::timeout(Duration::from_millis(200), listener.accept()).await;
    assert!(second.is_err(), "a second connection came");
}

#[tokio::test]
async fn a_post_that_the_description_marks_is_sent_again() {
    let answer = r#"{"statusCode":200,"message":"","data":{"checkResultList":[]}}"#;
    let server = RawServer::with_responses([Vec::new(), json("200 OK", answer)]).await;
    let sent = client(&server).check_permission_by_string_resource(["a"], "read").await;
    assert_eq!(server.waiting(), 2, "{sent:?}");
}

#[tokio::test]
async fn anything_is_sent_again_where_no_connection_came_about() {
    let address = TcpListener::bind(("127.0.0.1", 0)).await.unwrap().local_addr().unwrap();
    let host = format!("http://{address}");
    let retries = RetryPolicy::max_attempts(50).backoff(Duration::from_millis(20), Duration::from_millis(20));
    let client = AuthenticationClient::builder().app_id("an-app").app_host(host).retry_policy(retries).build().unwrap();
    let call = tokio::spawn(client.get_wechat_miniprogram_phone("a-code", "my-wxapp").into_future());
    tokio::time::sleep(Duration::from_millis(50)).await;
    let server = RawServer::at(address, [json("200 OK", PHONE)]).await;
    call.await.unwrap().expect("the server came up in time");
    assert_eq!(server.waiting(), 1);
}

#[tokio::test]
async fn a_failure_that_stays_is_returned_after_one_attempt() {
    for answer in [
        json("200 OK", r#"{"statusCode":403,"message":"no"}"#),
        json("404 Not Found", r#"{"statusCode":404,"message":"no"}"#),
        json("200 OK", r#"{"statusCode":200,"message":"","data":[]}"#),
        http("200 OK", "text/html", b"<h1>Welcome</h1>"),
    ] {
        let server = RawServer::start(answer).await;
        let error = client(&server).get_profile().await.unwrap_err();
        assert_eq!(server.waiting(), 1, "{error}");
    }
}

#[tokio::test]
async fn retries_are_off_on_or_as_many_as_asked_for() {
    let failure = http("503 Service Unavailable", "text/html", b"");
    for (retries, attempts) in [(Some(RetryPolicy::never()), 1), (None, 3), (Some(quick(5)), 5), (Some(quick(0)), 1)] {
        let server = RawServer::start(failure.clone()).await;
        let builder = server.builder().access_token("a-token");
        let builder = match retries {
            Some(retries) => builder.retry_policy(retries),
            None => builder,
        };
        let error = builder.build().unwrap().get_profile().await.unwrap_err();
        assert_eq!(server.waiting(), attempts, "{retries:?}: {error}");
    }
    let server = RawServer::start(failure).await;
    client(&server).get_profile().retry_policy(RetryPolicy::never()).await.unwrap_err();
    assert_eq!(server.waiting(), 1, "a call may say so for itself");
}

/// How long a read takes whose first attempt is answered with this header.
async fn time_with_retry_after(value: &str) -> Duration {
    let started = Instant::now();
    let failure = http(&format!("503 Service Unavailable\r\nretry-after: {value}"), "text/html", b"");
    let server = RawServer::with_responses([failure, json("200 OK", READ)]).await;
    client(&server).get_profile().await.unwrap();
    assert_eq!(server.waiting(), 2, "{value}");
    started.elapsed()
}

#[tokio::test]
async fn retry_after_is_waited_for_in_seconds_and_as_a_date() {
    let time = time_with_retry_after("1").await;
    assert!(time >= Duration::from_secs(1), "only {time:?}");
    // A date has whole seconds: this one is more than two away, and the clock may be set a little meanwhile.
    let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(3));
    let time = time_with_retry_after(&date).await;
    assert!(time >= Duration::from_secs(1), "{date}: only {time:?}");
}

#[tokio::test]
async fn a_retry_after_beyond_the_timeout_is_not_waited_for() {
    let failure = json("429 Too Many Requests\r\nretry-after: 3600", r#"{"statusCode":429,"message":"slow down"}"#);
    let server = RawServer::start(failure).await;
    let error = client(&server).get_profile().await.unwrap_err();
    assert!(matches!(error, Error::Api(_)), "{error:?}");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    assert_eq!(server.waiting(), 1);
}

#[tokio::test]
async fn all_attempts_together_keep_to_the_timeout() {
    let server = RawServer::start(http("503 Service Unavailable", "text/html", b"")).await;
    let started = Instant::now();
    let retries = RetryPolicy::max_attempts(usize::MAX).backoff(Duration::from_millis(20), Duration::from_millis(20));
    let call = client(&server).get_profile().retry_policy(retries).timeout(Duration::from_millis(500));
    let error = call.await.unwrap_err();
    assert!(error.is_transient(), "{error:?}");
    assert!(server.waiting() > 1);
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}
