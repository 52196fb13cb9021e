//! Faults that are ordered, as the client sees them.

use std::time::Duration;

use genauth::operations::GetProfile;
use genauth::sandbox::{Fault, Sandbox};
use genauth::{ApiStatus, AuthenticationClient, Error, RetryPolicy};

/// A sandbox, a client that sends every call once, and a code.
async fn start() -> (Sandbox, AuthenticationClient, String) {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client_builder().retry_policy(RetryPolicy::never()).build().unwrap();
    let code = sandbox.issue_phone_code("18812348888");
    (sandbox, client, code)
}

#[tokio::test]
async fn a_reset_is_no_answer_and_the_call_has_no_effect() {
    let (sandbox, client, code) = start().await;
    // Once on a connection of its own, and once on one that has been used.
    for _ in 0..2 {
        sandbox.inject_fault(Fault::ConnectionReset, 1);
        let error = client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap_err();
        let Error::Transport(transport) = &error else { panic!("{error:?}") };
        assert!(!transport.is_connect() && !transport.is_timeout(), "{error:?}");
        assert_eq!(error.status(), None, "{error:?}");
        client.get_profile().await.unwrap_err();
    }
    client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap();
}

#[tokio::test]
async fn a_cut_off_answer_has_a_status_and_the_call_has_taken_effect() {
    let (sandbox, client, code) = start().await;
    sandbox.inject_fault(Fault::TruncatedBody, 1);
    let error = client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200), "{error:?}");
    let used = client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap_err();
    assert_eq!(used.api_code(), Some(genauth::ApiCode(40029)));
}

#[tokio::test]
async fn a_cut_off_answer_arrives_by_half() {
    let (sandbox, ..) = start().await;
    let http = reqwest::Client::new();
    let ask = || http.get(sandbox.url() + "/api/v3/system").header("x-genauth-app-id", "an-app").send();
    let whole = ask().await.unwrap().bytes().await.unwrap();
    sandbox.inject_fault(Fault::TruncatedBody, 1);
    let mut answer = ask().await.unwrap();
    assert_eq!(answer.content_length(), Some(whole.len() as u64));
    let mut half = Vec::new();
    let error = loop {
        match answer.chunk().await {
            Ok(piece) => half.extend(piece.unwrap()),
            Err(error) => break error,
        }
    };
    assert_eq!(half, whole[..whole.len() / 2], "{error}");
}

#[tokio::test]
async fn a_late_answer_is_a_timeout_for_who_cannot_wait_and_the_call_has_taken_effect() {
    let (sandbox, client, code) = start().await;
    sandbox.inject_fault(Fault::Delay(Duration::from_secs(600)), 1);
    let call = client.get_wechat_miniprogram_phone(&code, "my-wxapp").timeout(Duration::from_millis(300));
    let error = call.await.unwrap_err();
    let Error::Transport(transport) = &error else { panic!("{error:?}") };
    assert!(transport.is_timeout(), "{error:?}");
    let used = client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap_err();
    assert_eq!(used.api_code(), Some(genauth::ApiCode(40029)));
}

#[tokio::test]
async fn a_late_answer_comes_to_who_waits() {
    let (sandbox, client, code) = start().await;
    sandbox.inject_fault(Fault::Delay(Duration::from_millis(200)), 1);
    client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap();
}

#[tokio::test]
async fn a_gateways_page_is_not_the_apis_answer() {
    let (sandbox, client, code) = start().await;
    for (fault, status) in [(Fault::BadGateway, 502), (Fault::ServiceUnavailable, 503)] {
        sandbox.inject_fault(fault, 1);
        let error = client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap_err();
        assert!(matches!(error, Error::UnexpectedResponse(_)), "{error:?}");
        assert_eq!(error.api_status(), Some(ApiStatus(status)));
        assert!(error.to_string().contains("text/html"), "{error}");
    }
    client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap();
}

#[tokio::test]
async fn a_throttled_call_is_told_when_to_come_back_and_has_no_effect() {
    let (sandbox, client, code) = start().await;
    sandbox.inject_fault(Fault::Throttled { retry_after: Duration::from_millis(6_500) }, 1);
    let error = client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap_err();
    assert!(error.is_throttled() && matches!(error, Error::Api(_)), "{error:?}");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap();
}

#[tokio::test]
async fn faults_come_in_order_for_their_operation_and_as_often_as_ordered() {
    let (sandbox, client, _) = start().await;
    let user = client.with_access_token(sandbox.issue_access_token());
    sandbox.inject_fault_for::<GetProfile>(Fault::BadGateway, 2);
    sandbox.inject_fault(Fault::ServiceUnavailable, 1);
    let status = async |client: &AuthenticationClient| {
        client.get_profile().await.err().and_then(|error| error.status()).map(|status| status.as_u16())
    };
    let code = sandbox.issue_phone_code("18812348888");
    let other = client.get_wechat_miniprogram_phone(code, "my-wxapp").await.unwrap_err();
    assert_eq!(other.api_status(), Some(ApiStatus(503)), "the operation's own faults are not for it: {other}");
    assert_eq!(status(&user).await, Some(502));
    assert_eq!(status(&user).await, Some(502));
    assert_eq!(status(&user).await, None);

    sandbox.inject_fault(Fault::BadGateway, 100);
    assert_eq!(status(&user).await, Some(502));
    sandbox.clear_faults();
    assert_eq!(status(&user).await, None);
}

#[tokio::test]
async fn a_read_that_is_sent_again_gets_past_a_fault() {
    let sandbox = Sandbox::start().await.unwrap();
    let retries = RetryPolicy::max_attempts(3).pauses(Duration::ZERO, Duration::ZERO);
    let builder = sandbox.client_builder().retry_policy(retries).access_token(sandbox.issue_access_token());
    let client = builder.build().unwrap();
    sandbox.inject_fault(Fault::ConnectionReset, 1);
    sandbox.inject_fault(Fault::TruncatedBody, 1);
    client.get_profile().await.unwrap();
    assert_eq!(sandbox.received_requests().len(), 3);
}
