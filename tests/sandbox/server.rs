//! The server: phone codes, validation, start and stop.

use std::time::Duration;

use genauth::sandbox::Sandbox;
use genauth::{ApiCode, Error};
use serde_json::{Value, json};

const PATH: &str = "/api/v3/get-wechat-miniprogram-phone";

#[tokio::test]
async fn phone_code_returns_its_number_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    for (number, international, national, country_code) in [
        ("+8618812348888", "+8618812348888", "18812348888", "86"),
        ("18812348888", "+8618812348888", "18812348888", "86"),
        ("+12025550123", "+12025550123", "2025550123", "1"),
        ("+79161234567", "+79161234567", "9161234567", "7"),
        ("+852912345678", "+852912345678", "912345678", "852"),
    ] {
        let code = sandbox.issue_phone_code(number);
        let phone = client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap();
        assert_eq!(phone.phone_number, international);
        assert_eq!(phone.pure_phone_number, national);
        assert_eq!(phone.country_code.as_deref(), Some(country_code));

        let again = client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap_err();
        assert!(matches!(again, Error::Api(_)), "{again:?}");
        assert_eq!(again.api_code(), Some(ApiCode::WECHAT_INVALID_CODE));
    }
}

#[tokio::test]
async fn phone_code_expires_after_five_minutes() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    let (early, late) = (sandbox.issue_phone_code("18812348888"), sandbox.issue_phone_code("18812348888"));

    sandbox.advance_clock(Duration::from_secs(4 * 60 + 50));
    client.get_wechat_miniprogram_phone(early, "my-wxapp").await.unwrap();
    sandbox.advance_clock(Duration::from_secs(11));
    let error = client.get_wechat_miniprogram_phone(late, "my-wxapp").await.unwrap_err();
    assert_eq!(error.api_code(), Some(ApiCode::WECHAT_INVALID_CODE));
}

#[tokio::test]
async fn unknown_phone_code_fails_with_wechats_error() {
    let sandbox = Sandbox::start().await.unwrap();
    let error = sandbox.client().unwrap().get_wechat_miniprogram_phone("unknown", "my-wxapp").await.unwrap_err();
    let Error::Api(error) = error else { panic!("{error:?}") };
    assert_eq!((error.api_code, error.message.as_str()), (Some(ApiCode::WECHAT_INVALID_CODE), "invalid code"));
}

/// Sends a request that the client would not; returns status and body of the response.
async fn post(sandbox: &Sandbox, path: &str, app_id: bool, content_type: &str, body: &str) -> (u16, Value) {
    let mut request = reqwest::Client::new().post(sandbox.url() + path).body(body.to_owned());
    request = request.header("content-type", content_type);
    if app_id {
        request = request.header("x-genauth-app-id", "an-app");
    }
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

#[tokio::test]
async fn invalid_request_is_rejected_with_reason() {
    let sandbox = Sandbox::start().await.unwrap();
    let valid = json!({ "code": "a-code", "extIdpConnidentifier": "my-wxapp" }).to_string();
    for (body, content_type, reason) in [
        ("", "application/json", "the body is not JSON"),
        ("{", "application/json", "the body is not JSON"),
        (valid.as_str(), "text/plain", "the body is not JSON"),
        ("[]", "application/json", "request: "),
        (r#"{"code":"a-code"}"#, "application/json", r#"request: "extIdpConnidentifier" is a required property"#),
        (r#"{"code":7,"extIdpConnidentifier":"x"}"#, "application/json", r#"code: value is not of type "string""#),
    ] {
        let (status, response) = post(&sandbox, PATH, true, content_type, body).await;
        assert_eq!((status, &response["statusCode"]), (200, &json!(400)), "{body}: {response}");
        let message = response["message"].as_str().unwrap();
        assert!(message.starts_with(reason), "{body}: {message}");
        assert!(response["requestId"].is_string(), "{response}");
    }

    let (status, response) = post(&sandbox, PATH, false, "application/json", &valid).await;
    assert_eq!((status, &response["statusCode"]), (200, &json!(401)), "{response}");
    let (status, response) = post(&sandbox, "/api/v3/nothing", true, "application/json", &valid).await;
    assert_eq!((status, &response["statusCode"]), (404, &json!(404)), "{response}");
}

#[tokio::test]
async fn operation_without_handler_responds_with_example() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    let token = client.get_wechat_mp_access_token_info("wx8a6f2f5b0a3c4d1e", "a-secret").await.unwrap();
    assert_eq!(token.expires_at, "1754307200");
}

#[tokio::test]
async fn sandboxes_are_isolated_and_stop_when_dropped() {
    let (one, other) = (Sandbox::start().await.unwrap(), Sandbox::start().await.unwrap());
    let code = one.issue_phone_code("18812348888");
    assert!(other.client().unwrap().get_wechat_miniprogram_phone(&code, "my-wxapp").await.is_err());

    let client = one.client().unwrap();
    client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap();
    drop(one);
    let error = loop {
        // The server closes its connections one by one; an idle one may still be open for a moment.
        match client.get_wechat_miniprogram_phone(&code, "my-wxapp").await {
            Err(Error::Transport(error)) => break error,
            _ => tokio::task::yield_now().await,
        }
    };
    assert!(!error.is_timeout(), "{error}");
}
