//! The server: phone codes, checks, starting and stopping.

use std::time::Duration;

use genauth::sandbox::Sandbox;
use genauth::{ApiCode, Error};
use serde_json::{Value, json};

const PATH: &str = "/api/v3/get-wechat-miniprogram-phone";

#[tokio::test]
async fn a_code_gives_its_number_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    for (number, whole, pure, country_code) in [
        ("+8618812348888", "+8618812348888", "18812348888", "86"),
        ("18812348888", "+8618812348888", "18812348888", "86"),
        ("+12025550123", "+12025550123", "2025550123", "1"),
        ("+79161234567", "+79161234567", "9161234567", "7"),
        ("+852912345678", "+852912345678", "912345678", "852"),
    ] {
        let code = sandbox.issue_phone_code(number);
        let phone = client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap();
        assert_eq!(phone.phone_number, whole);
        assert_eq!(phone.pure_phone_number, pure);
        assert_eq!(phone.country_code, country_code);

        let again = client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap_err();
        assert!(matches!(again, Error::Api(_)), "{again:?}");
        assert_eq!(again.api_code(), Some(ApiCode(40029)));
    }
}

#[tokio::test]
async fn a_code_expires_after_five_minutes() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    let (early, late) = (sandbox.issue_phone_code("18812348888"), sandbox.issue_phone_code("18812348888"));

    sandbox.advance_clock(Duration::from_secs(4 * 60 + 50));
    client.get_wechat_miniprogram_phone(early, "my-wxapp").await.unwrap();
    sandbox.advance_clock(Duration::from_secs(11));
    let error = client.get_wechat_miniprogram_phone(late, "my-wxapp").await.unwrap_err();
    assert_eq!(error.api_code(), Some(ApiCode(40029)));
}

#[tokio::test]
async fn an_unknown_code_is_refused_as_wechat_refuses_it() {
    let sandbox = Sandbox::start().await.unwrap();
    let error = sandbox.client().unwrap().get_wechat_miniprogram_phone("unknown", "my-wxapp").await.unwrap_err();
    assert_eq!(error.to_string(), "the API refused: invalid code (status 200, code 40029)");
}

/// Sends a request that the client would not, and returns status and body of the answer.
async fn post(sandbox: &Sandbox, path: &str, app_id: bool, content_type: &str, body: &str) -> (u16, Value) {
    let mut request = reqwest::Client::new().post(sandbox.url() + path).body(body.to_owned());
    request = request.header("content-type", content_type);
    if app_id {
        request = request.header("x-genauth-app-id", "an-app");
    }
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn requests_are_checked_against_the_description() {
    let sandbox = Sandbox::start().await.unwrap();
    let good = json!({ "code": "a-code", "extIdpConnidentifier": "my-wxapp" }).to_string();
    for (body, content_type, reason) in [
        ("", "application/json", "the body is not JSON"),
        ("{", "application/json", "the body is not JSON"),
        (good.as_str(), "text/plain", "the body is not JSON"),
        ("[]", "application/json", "request: "),
        (r#"{"code":"a-code"}"#, "application/json", r#"request: "extIdpConnidentifier" is a required property"#),
        (r#"{"code":7,"extIdpConnidentifier":"x"}"#, "application/json", r#"code: value is not of type "string""#),
    ] {
        let (status, answer) = post(&sandbox, PATH, true, content_type, body).await;
        assert_eq!((status, &answer["statusCode"]), (200, &json!(400)), "{body}: {answer}");
        let message = answer["message"].as_str().unwrap();
        assert!(message.starts_with(reason), "{body}: {message}");
        assert!(answer["requestId"].is_string(), "{answer}");
    }

    let (status, answer) = post(&sandbox, PATH, false, "application/json", &good).await;
    assert_eq!((status, &answer["statusCode"]), (200, &json!(401)), "{answer}");
    let (status, answer) = post(&sandbox, "/api/v3/nothing", true, "application/json", &good).await;
    assert_eq!((status, &answer["statusCode"]), (404, &json!(404)), "{answer}");
}

#[tokio::test]
async fn operations_without_a_behaviour_answer_with_their_example() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    let token = client.get_wechat_mp_access_token_info("wx8a6f2f5b0a3c4d1e", "a-secret").await.unwrap();
    assert_eq!(token.expires_at, "1754307200");
}

#[tokio::test]
async fn two_sandboxes_know_nothing_of_each_other_and_stop_when_dropped() {
    let (one, other) = (Sandbox::start().await.unwrap(), Sandbox::start().await.unwrap());
    let code = one.issue_phone_code("18812348888");
    assert!(other.client().unwrap().get_wechat_miniprogram_phone(&code, "my-wxapp").await.is_err());

    let client = one.client().unwrap();
    client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap();
    drop(one);
    let error = loop {
        // The server ends its connections one by one; an idle one may still be there for a moment.
        match client.get_wechat_miniprogram_phone(&code, "my-wxapp").await {
            Err(Error::Transport(error)) => break error,
            _ => tokio::task::yield_now().await,
        }
    };
    assert!(!error.is_timeout(), "{error}");
}
