//! Injected faults, as the client sees them.

use std::time::Duration;

use genauth::operations::GetProfile;
use genauth::sandbox::{Fault, Sandbox};
use genauth::{ApiStatus, AuthenticationClient, Error, RetryPolicy};

/// A sandbox, a client that never retries, and a phone code.
async fn start() -> (Sandbox, AuthenticationClient, String) {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client_builder().retry_policy(RetryPolicy::never()).build().unwrap();
    let code = sandbox.issue_phone_code("18812348888");
    (sandbox, client, code)
}

#[tokio::test]
async fn connection_reset_has_no_response_and_no_effect() {
    let (sandbox, client, code) = start().await;
    // Once on a new connection, and once on a reused one.
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
async fn truncated_body_has_status_and_effect() {
    let (sandbox, client, code) = start().await;
    sandbox.inject_fault(Fault::TruncatedBody, 1);
    let error = client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200), "{error:?}");
    let used = client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap_err();
    assert_eq!(used.api_code(), Some(genauth::ApiCode::WECHAT_INVALID_CODE));
}

#[tokio::test]
async fn truncated_body_sends_half() {
    let (sandbox, ..) = start().await;
    let http = reqwest::Client::new();
    let send = || http.get(sandbox.url() + "/api/v3/system").header("x-genauth-app-id", "an-app").send();
    let whole = send().await.unwrap().bytes().await.unwrap();
    sandbox.inject_fault(Fault::TruncatedBody, 1);
    let mut response = send().await.unwrap();
    assert_eq!(response.content_length(), Some(whole.len() as u64));
    let mut half = Vec::new();
    let error = loop {
        match response.chunk().await {
            Ok(chunk) => half.extend(chunk.unwrap()),
            Err(error) => break error,
        }
    };
    assert_eq!(half, whole[..whole.len() / 2], "{error}");
}

#[tokio::test]
async fn delay_beyond_timeout_is_a_timeout_and_has_effect() {
    let (sandbox, client, code) = start().await;
    sandbox.inject_fault(Fault::Delay(Duration::from_secs(600)), 1);
    let call = client.get_wechat_miniprogram_phone(&code, "my-wxapp").timeout(Duration::from_millis(300));
    let error = call.await.unwrap_err();
    let Error::Transport(transport) = &error else { panic!("{error:?}") };
    assert!(transport.is_timeout(), "{error:?}");
    let used = client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap_err();
    assert_eq!(used.api_code(), Some(genauth::ApiCode::WECHAT_INVALID_CODE));
}

#[tokio::test]
async fn delay_within_timeout_succeeds() {
    let (sandbox, client, code) = start().await;
    sandbox.inject_fault(Fault::Delay(Duration::from_millis(200)), 1);
    client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap();
}

#[tokio::test]
async fn gateway_page_is_an_unexpected_response() {
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
async fn throttled_has_retry_after_and_no_effect() {
    let (sandbox, client, code) = start().await;
    sandbox.inject_fault(Fault::Throttled { retry_after: Duration::from_millis(6_500) }, 1);
    let error = client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap_err();
    assert!(error.is_throttled() && matches!(error, Error::Api(_)), "{error:?}");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap();
}

#[tokio::test]
async fn faults_occur_in_order_per_operation_until_used_up() {
    let (sandbox, client, _) = start().await;
    let user = client.with_access_token(sandbox.issue_access_token());
    sandbox.inject_fault_for::<GetProfile>(Fault::BadGateway, 2);
    sandbox.inject_fault(Fault::ServiceUnavailable, 1);
    let status = async |client: &AuthenticationClient| {
        client.get_profile().await.err().and_then(|error| error.status()).map(|status| status.as_u16())
    };
    let code = sandbox.issue_phone_code("18812348888");
    let other = client.get_wechat_miniprogram_phone(code, "my-wxapp").await.unwrap_err();
    assert_eq!(other.api_status(), Some(ApiStatus(503)), "the fault of another operation occurred: {other}");
    assert_eq!(status(&user).await, Some(502));
    assert_eq!(status(&user).await, Some(502));
    assert_eq!(status(&user).await, None);

    sandbox.inject_fault(Fault::BadGateway, 100);
    assert_eq!(status(&user).await, Some(502));
    sandbox.clear_faults();
    assert_eq!(status(&user).await, None);
}

#[tokio::test]
async fn idempotent_request_is_retried_past_faults() {
    let sandbox = Sandbox::start().await.unwrap();
    let policy = RetryPolicy::max_attempts(3).backoff(Duration::ZERO, Duration::ZERO);
    let builder = sandbox.client_builder().retry_policy(policy).access_token(sandbox.issue_access_token());
    let client = builder.build().unwrap();
    sandbox.inject_fault(Fault::ConnectionReset, 1);
    sandbox.inject_fault(Fault::TruncatedBody, 1);
    client.get_profile().await.unwrap();
    assert_eq!(sandbox.received_requests().len(), 3);
}
