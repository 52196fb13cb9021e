//! Steering the sandbox over HTTP.

use std::time::Duration;

use genauth::sandbox::{Fault, Sandbox};
use genauth::types::SendSmsChannel;
use genauth::{ApiCode, AuthenticationClient, RetryPolicy};
use reqwest::Method;
use serde_json::{Value, json};

/// Sends a command, with a body unless it is `null`; returns status and answer.
async fn send(sandbox: &Sandbox, method: Method, path: &str, body: Value) -> (u16, Value) {
    let mut request = reqwest::Client::new().request(method, format!("{}/_sandbox{path}", sandbox.url()));
    if !body.is_null() {
        request = request.json(&body);
    }
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

/// Sends a command that succeeds; returns a text from the answer.
async fn text(sandbox: &Sandbox, method: Method, path: &str, body: Value, member: &str) -> String {
    let (status, answer) = send(sandbox, method, path, body).await;
    assert_eq!(status, 200, "{answer}");
    answer[member].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

async fn start() -> (Sandbox, AuthenticationClient) {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client_builder().retry_policy(RetryPolicy::never()).build().unwrap();
    (sandbox, client)
}

#[tokio::test]
async fn every_control_is_listed_and_does_what_its_example_says() {
    let (sandbox, client) = start().await;
    let (_, list) = send(&sandbox, Method::GET, "", Value::Null).await;
    assert_eq!((&list["appId"], &list["appSecret"]), (&json!(sandbox.app_id()), &json!(sandbox.app_secret())));
    client.send_sms(SendSmsChannel::Login, "18812348888").await.unwrap();
    let http = reqwest::Client::new();
    let controls = list["controls"].as_array().unwrap();
    for control in controls {
        assert!(!control["does"].as_str().unwrap().is_empty(), "{control}");
        let method: Method = control["method"].as_str().unwrap().parse().unwrap();
        let path = control["path"].as_str().unwrap().replace("{to}", control["example"]["to"].as_str().unwrap_or("-"));
        let mut request = http.request(method.clone(), sandbox.url() + &path);
        if method != Method::GET && !control["example"].is_null() {
            request = request.json(&control["example"]);
        }
        assert_eq!(request.send().await.unwrap().status(), 200, "{control}");
    }
    assert_eq!(controls.len(), 10);
}

#[tokio::test]
async fn codes_tokens_and_time_come_over_http() {
    let (sandbox, client) = start().await;
    let number = json!({ "phoneNumber": "+12025550123" });
    let code = text(&sandbox, Method::POST, "/phone-codes", number.clone(), "code").await;
    let phone = client.get_wechat_miniprogram_phone(code, "my-wxapp").await.unwrap();
    assert_eq!(phone.phone_number, "+12025550123");

    let late = text(&sandbox, Method::POST, "/phone-codes", number, "code").await;
    let before = sandbox.issue_access_token();
    let now = text(&sandbox, Method::POST, "/clock", json!({ "seconds": 300.5 }), "now").await;
    assert!(genauth::DateTime::from(now.as_str()).to_system_time().is_some(), "{now}");
    let error = client.get_wechat_miniprogram_phone(late, "my-wxapp").await.unwrap_err();
    assert_eq!(error.api_code(), Some(ApiCode(40029)));

    let token = text(&sandbox, Method::POST, "/access-tokens", Value::Null, "accessToken").await;
    assert_ne!(token, before);
    client.with_access_token(token).get_profile().await.unwrap();

    let (status, answer) = send(&sandbox, Method::GET, "/pass-codes/lin@example.com", Value::Null).await;
    assert_eq!((status, &answer["error"]), (404, &json!("no pass code was sent there")));
    client.send_sms(SendSmsChannel::Login, "18812348888").await.unwrap();
    for to in ["18812348888", "+8618812348888", "%2B8618812348888"] {
        let read = text(&sandbox, Method::GET, &format!("/pass-codes/{to}"), Value::Null, "passCode").await;
        assert_eq!(Some(read), sandbox.last_pass_code("18812348888"), "{to}");
    }

    let secret = json!({ "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" });
    let code = text(&sandbox, Method::POST, "/totp-codes", secret, "code").await;
    assert!(code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit()), "{code}");
}

#[tokio::test]
async fn faults_are_ordered_and_taken_back_over_http() {
    let (sandbox, client) = start().await;
    let ask = async || {
        let _ = client.get_system_info().timeout(Duration::from_secs(20)).await;
        sandbox.received_requests().remove(0).fault
    };
    for (order, fault) in [
        (json!({ "fault": "delay", "seconds": 0.25 }), Fault::Delay(Duration::from_millis(250))),
        (json!({ "fault": "reset" }), Fault::ConnectionReset),
        (json!({ "fault": "cut-off" }), Fault::TruncatedBody),
        (json!({ "fault": "bad-gateway" }), Fault::BadGateway),
        (json!({ "fault": "service-unavailable" }), Fault::ServiceUnavailable),
        (json!({ "fault": "throttled", "seconds": 5 }), Fault::Throttled { retry_after: Duration::from_secs(5) }),
    ] {
        assert_eq!(send(&sandbox, Method::POST, "/faults", order.clone()).await.0, 200);
        assert_eq!((ask().await, ask().await), (Some(fault), None), "{order}");
    }
    let order = json!({ "fault": "reset", "calls": 2, "operation": "get_profile" });
    send(&sandbox, Method::POST, "/faults", order).await;
    send(&sandbox, Method::POST, "/faults", json!({ "fault": "bad-gateway", "calls": 9 })).await;
    assert_eq!(ask().await, Some(Fault::BadGateway));
    for fault in [Fault::ConnectionReset, Fault::ConnectionReset, Fault::BadGateway] {
        client.get_profile().await.unwrap_err();
        assert_eq!(sandbox.received_requests()[0].fault, Some(fault));
    }
    assert_eq!(send(&sandbox, Method::DELETE, "/faults", Value::Null).await.0, 200);
    assert_eq!(ask().await, None);
}

#[tokio::test]
async fn a_wrong_body_is_told_what_is_wrong_and_what_would_be_right() {
    let (sandbox, _) = start().await;
    for (path, body, error) in [
        ("/phone-codes", json!({}), r#"request: "phoneNumber" is a required property"#),
        ("/phone-codes", json!({ "phoneNumber": 18812348888_u64 }), r#"phoneNumber: value is not of type "string""#),
        ("/phone-codes", json!([]), r#"request: value is not of type "object""#),
        ("/clock", json!({ "seconds": -1 }), "seconds: "),
        ("/clock", json!({ "seconds": 1e300 }), "seconds: too many"),
        ("/totp-codes", json!({ "secret": "!" }), "secret: neither Base32 nor an otpauth: address"),
        ("/faults", json!({ "fault": "fire" }), "fault: "),
        ("/faults", json!({ "fault": "delay" }), "seconds: missing"),
        ("/faults", json!({ "fault": "reset", "calls": 0 }), "calls: "),
        ("/faults", json!({ "fault": "reset", "call": 2 }), "request: "),
        ("/faults", json!({ "fault": "reset", "operation": "x" }), "operation: the API has none of this name"),
    ] {
        let (status, answer) = send(&sandbox, Method::POST, path, body.clone()).await;
        assert_eq!(status, 400, "{body}: {answer}");
        assert!(answer["error"].as_str().unwrap().starts_with(error), "{body}: {answer}");
        assert!(answer["example"].is_object(), "{body}: {answer}");
    }
    let http = reqwest::Client::new();
    for (kind, body) in [("text/plain", r#"{"phoneNumber":"18812348888"}"#), ("application/json", "{")] {
        let request = http.post(sandbox.url() + "/_sandbox/phone-codes").header("content-type", kind).body(body);
        assert_eq!(request.send().await.unwrap().status(), 400, "{kind} {body}");
    }
    assert_eq!(sandbox.received_requests().len(), 0, "controls are no calls");
}

#[tokio::test]
async fn calls_are_listed_and_come_live() {
    let (sandbox, client) = start().await;
    client.get_system_info().await.unwrap();
    client.get_profile().await.unwrap_err();
    let (_, list) = send(&sandbox, Method::GET, "/calls", Value::Null).await;
    assert_eq!(list, json!(sandbox.received_requests()));
    assert_eq!((list[0]["number"].as_u64(), list[0]["apiCode"].as_i64()), (Some(2), Some(2020)), "{list}");

    let mut live = Live::open(&sandbox, None).await;
    assert_eq!(live.next().await.unwrap(), list[1]);
    assert_eq!(live.next().await.unwrap(), list[0]);
    client.get_system_info().await.unwrap();
    assert_eq!(live.next().await.unwrap(), json!(sandbox.received_requests()[0]));

    let mut after_a_break = Live::open(&sandbox, Some("2")).await;
    assert_eq!(after_a_break.next().await.unwrap()["number"], 3);
    let mut from_another_sandbox = Live::open(&sandbox, Some("77")).await;
    assert_eq!(from_another_sandbox.next().await.unwrap()["number"], 1);

    drop(sandbox);
    assert_eq!(live.next().await, None, "the end of the sandbox ends it");
}

/// Server-sent events.
struct Live {
    answer: reqwest::Response,
    received: String,
}

impl Live {
    async fn open(sandbox: &Sandbox, last_seen: Option<&str>) -> Self {
        let request = reqwest::Client::new().get(sandbox.url() + "/_sandbox/requests/live");
        let answer = request.header("last-event-id", last_seen.unwrap_or_default()).send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Self { answer, received: String::new() }
    }

    async fn next(&mut self) -> Option<Value> {
        while !self.received.contains("\n\n") {
            let piece = tokio::time::timeout(Duration::from_secs(20), self.answer.chunk()).await;
            self.received += std::str::from_utf8(&piece.expect("nothing comes").ok()??).unwrap();
        }
        let (event, rest) = self.received.split_once("\n\n").unwrap();
        let data = event.lines().find_map(|line| line.strip_prefix("data: ")).unwrap();
        let call = serde_json::from_str(data).unwrap();
        self.received = rest.to_owned();
        Some(call)
    }
}

#[tokio::test]
async fn the_document_has_the_api_at_this_host_and_the_controls() {
    let (sandbox, client) = start().await;
    let (_, document) = send(&sandbox, Method::GET, "/openapi.json", Value::Null).await;
    assert_eq!(document["servers"][0]["url"], "/");
    assert_eq!(document["tags"][0]["name"], "sandbox");
    let control = &document["paths"]["/_sandbox/phone-codes"]["post"];
    assert_eq!(control["tags"], json!(["sandbox"]));
    assert_eq!(document["paths"]["/_sandbox/pass-codes/{to}"]["get"]["parameters"][0]["name"], "to");

    let phone = &document["paths"]["/api/v3/get-wechat-miniprogram-phone"]["post"];
    let code = phone["requestBody"]["content"]["application/json"]["example"]["code"].as_str().unwrap();
    client.get_wechat_miniprogram_phone(code, "my-wxapp").await.expect("the example is good once");
}
