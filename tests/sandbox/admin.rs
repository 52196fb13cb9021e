//! The admin endpoints of the sandbox.

use std::time::Duration;

use genauth::sandbox::{Fault, Sandbox};
use genauth::types::SendSmsChannel;
use genauth::{ApiCode, AuthenticationClient, RetryPolicy};
use reqwest::Method;
use serde_json::{Value, json};

/// Sends a request, with a body unless it is `null`; returns status and body of the response.
async fn send(sandbox: &Sandbox, method: Method, path: &str, body: Value) -> (u16, Value) {
    let mut request = reqwest::Client::new().request(method, format!("{}/_sandbox{path}", sandbox.url()));
    if !body.is_null() {
        request = request.json(&body);
    }
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

/// Sends a request that succeeds; returns a string member of the response.
async fn string(sandbox: &Sandbox, method: Method, path: &str, body: Value, member: &str) -> String {
    let (status, response) = send(sandbox, method, path, body).await;
    assert_eq!(status, 200, "{response}");
    response[member].as_str().unwrap_or_else(|| panic!("{member} is missing: {response}")).to_owned()
}

async fn start() -> (Sandbox, AuthenticationClient) {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client_builder().retry_policy(RetryPolicy::never()).build().unwrap();
    (sandbox, client)
}

#[tokio::test]
async fn endpoints_are_listed_and_accept_their_examples() {
    let (sandbox, client) = start().await;
    let (_, list) = send(&sandbox, Method::GET, "", Value::Null).await;
    assert_eq!((&list["appId"], &list["appSecret"]), (&json!(sandbox.app_id()), &json!(sandbox.app_secret())));
    #[cfg(feature = "management")]
    assert_eq!(list["management"]["url"], json!(sandbox.management_url()));
    client.send_sms(SendSmsChannel::Login, "18812348888").await.unwrap();
    let http = reqwest::Client::new();
    let endpoints = list["endpoints"].as_array().unwrap();
    for endpoint in endpoints {
        assert!(!endpoint["summary"].as_str().unwrap().is_empty(), "{endpoint}");
        let method: Method = endpoint["method"].as_str().unwrap().parse().unwrap();
        let recipient = endpoint["example"]["recipient"].as_str().unwrap_or("-");
        let path = endpoint["path"].as_str().unwrap().replace("{recipient}", recipient);
        let mut request = http.request(method.clone(), sandbox.url() + &path);
        if method != Method::GET && !endpoint["example"].is_null() {
            request = request.json(&endpoint["example"]);
        }
        assert_eq!(request.send().await.unwrap().status(), 200, "{endpoint}");
    }
    assert_eq!(endpoints.len(), 11);
}

#[tokio::test]
async fn endpoints_issue_codes_and_tokens_and_advance_clock() {
    let (sandbox, client) = start().await;
    let number = json!({ "phoneNumber": "+12025550123" });
    let code = string(&sandbox, Method::POST, "/phone-codes", number.clone(), "code").await;
    let phone = client.get_wechat_miniprogram_phone(code, "my-wxapp").await.unwrap();
    assert_eq!(phone.phone_number, "+12025550123");

    let late = string(&sandbox, Method::POST, "/phone-codes", number, "code").await;
    let before = sandbox.issue_access_token();
    let now = string(&sandbox, Method::POST, "/clock", json!({ "seconds": 300.5 }), "now").await;
    assert!(genauth::DateTime::from(now.as_str()).to_system_time().is_some(), "{now}");
    let error = client.get_wechat_miniprogram_phone(late, "my-wxapp").await.unwrap_err();
    assert_eq!(error.api_code(), Some(ApiCode::WECHAT_INVALID_CODE));

    let token = string(&sandbox, Method::POST, "/access-tokens", Value::Null, "accessToken").await;
    assert_ne!(token, before);
    client.with_access_token(token).get_profile().await.unwrap();

    let (status, response) = send(&sandbox, Method::GET, "/pass-codes/lin@example.com", Value::Null).await;
    assert_eq!((status, &response["error"]), (404, &json!("no pass code was sent to this recipient")));
    client.send_sms(SendSmsChannel::Login, "18812348888").await.unwrap();
    for recipient in ["18812348888", "+8618812348888", "%2B8618812348888"] {
        let read = string(&sandbox, Method::GET, &format!("/pass-codes/{recipient}"), Value::Null, "passCode").await;
        assert_eq!(Some(read), sandbox.last_pass_code("18812348888"), "{recipient}");
    }

    let secret = json!({ "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" });
    let code = string(&sandbox, Method::POST, "/totp-codes", secret, "code").await;
    assert!(code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit()), "{code}");
}

#[tokio::test]
async fn fault_endpoint_injects_and_clears_faults() {
    let (sandbox, client) = start().await;
    let next_fault = async || {
        let _ = client.get_system_info().timeout(Duration::from_secs(20)).await;
        sandbox.received_requests().remove(0).fault
    };
    for (body, fault) in [
        (json!({ "fault": "delay", "seconds": 0.25 }), Fault::Delay(Duration::from_millis(250))),
        (json!({ "fault": "connection-reset" }), Fault::ConnectionReset),
        (json!({ "fault": "truncated-body" }), Fault::TruncatedBody),
        (json!({ "fault": "bad-gateway" }), Fault::BadGateway),
        (json!({ "fault": "service-unavailable" }), Fault::ServiceUnavailable),
        (json!({ "fault": "throttled", "seconds": 5 }), Fault::Throttled { retry_after: Duration::from_secs(5) }),
    ] {
        assert_eq!(send(&sandbox, Method::POST, "/faults", body.clone()).await.0, 200);
        assert_eq!((next_fault().await, next_fault().await), (Some(fault), None), "{body}");
    }
    let body = json!({ "fault": "connection-reset", "requests": 2, "operation": "get_profile" });
    send(&sandbox, Method::POST, "/faults", body).await;
    send(&sandbox, Method::POST, "/faults", json!({ "fault": "bad-gateway", "requests": 9 })).await;
    assert_eq!(next_fault().await, Some(Fault::BadGateway));
    for fault in [Fault::ConnectionReset, Fault::ConnectionReset, Fault::BadGateway] {
        client.get_profile().await.unwrap_err();
        assert_eq!(sandbox.received_requests()[0].fault, Some(fault));
    }
    assert_eq!(send(&sandbox, Method::DELETE, "/faults", Value::Null).await.0, 200);
    assert_eq!(next_fault().await, None);
}

#[tokio::test]
async fn invalid_body_is_rejected_with_reason_and_example() {
    let (sandbox, _) = start().await;
    for (path, body, error) in [
        ("/phone-codes", json!({}), r#"request: "phoneNumber" is a required property"#),
        ("/phone-codes", json!({ "phoneNumber": 18812348888_u64 }), r#"phoneNumber: value is not of type "string""#),
        ("/phone-codes", json!([]), r#"request: value is not of type "object""#),
        ("/clock", json!({ "seconds": -1 }), "seconds: "),
        ("/clock", json!({ "seconds": 1e300 }), "seconds: too large"),
        ("/totp-codes", json!({ "secret": "!" }), "secret: neither Base32 nor an otpauth: URI"),
        ("/faults", json!({ "fault": "fire" }), "fault: "),
        ("/faults", json!({ "fault": "delay" }), "seconds: missing"),
        ("/faults", json!({ "fault": "connection-reset", "requests": 0 }), "requests: "),
        ("/faults", json!({ "fault": "connection-reset", "request": 2 }), "request: "),
        (
            "/faults",
            json!({ "fault": "connection-reset", "operation": "x" }),
            "operation: no operation has this operationId",
        ),
    ] {
        let (status, response) = send(&sandbox, Method::POST, path, body.clone()).await;
        assert_eq!(status, 400, "{body}: {response}");
        assert!(response["error"].as_str().unwrap().starts_with(error), "{body}: {response}");
        assert!(response["example"].is_object(), "{body}: {response}");
    }
    let http = reqwest::Client::new();
    for (kind, body) in [("text/plain", r#"{"phoneNumber":"18812348888"}"#), ("application/json", "{")] {
        let request = http.post(sandbox.url() + "/_sandbox/phone-codes").header("content-type", kind).body(body);
        assert_eq!(request.send().await.unwrap().status(), 400, "{kind} {body}");
    }
    assert_eq!(sandbox.received_requests().len(), 0, "requests of admin endpoints are recorded");
}

#[tokio::test]
async fn received_requests_are_listed_and_streamed() {
    let (sandbox, client) = start().await;
    client.get_system_info().await.unwrap();
    client.get_profile().await.unwrap_err();
    let (_, list) = send(&sandbox, Method::GET, "/requests", Value::Null).await;
    assert_eq!(list, json!(sandbox.received_requests()));
    assert_eq!((list[0]["number"].as_u64(), list[0]["apiCode"].as_i64()), (Some(2), Some(2020)), "{list}");

    let mut live = Live::open(&sandbox, None).await;
    assert_eq!(live.next().await.unwrap(), list[1]);
    assert_eq!(live.next().await.unwrap(), list[0]);
    client.get_system_info().await.unwrap();
    assert_eq!(live.next().await.unwrap(), json!(sandbox.received_requests()[0]));

    let mut reconnected = Live::open(&sandbox, Some("2")).await;
    assert_eq!(reconnected.next().await.unwrap()["number"], 3);
    let mut other_sandbox = Live::open(&sandbox, Some("77")).await;
    assert_eq!(other_sandbox.next().await.unwrap()["number"], 1);

    drop(sandbox);
    assert_eq!(live.next().await, None, "the stream outlives the sandbox");
}

/// Server-sent events.
struct Live {
    response: reqwest::Response,
    received: String,
}

impl Live {
    async fn open(sandbox: &Sandbox, last_seen: Option<&str>) -> Self {
        let request = reqwest::Client::new().get(sandbox.url() + "/_sandbox/requests/live");
        let response = request.header("last-event-id", last_seen.unwrap_or_default()).send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { response, received: String::new() }
    }

    async fn next(&mut self) -> Option<Value> {
        while !self.received.contains("\n\n") {
            let chunk = tokio::time::timeout(Duration::from_secs(20), self.response.chunk()).await;
            self.received += std::str::from_utf8(&chunk.expect("no event within 20 s").ok()??).unwrap();
        }
        let (event, rest) = self.received.split_once("\n\n").unwrap();
        let data = event.lines().find_map(|line| line.strip_prefix("data: ")).unwrap();
        let request = serde_json::from_str(data).unwrap();
        self.received = rest.to_owned();
        Some(request)
    }
}

#[tokio::test]
async fn openapi_document_has_api_and_admin_endpoints() {
    let (sandbox, client) = start().await;
    let (_, document) = send(&sandbox, Method::GET, "/openapi.json", Value::Null).await;
    assert_eq!(document["servers"][0]["url"], "/");
    assert_eq!(document["tags"][0]["name"], "sandbox");
    let endpoint = &document["paths"]["/_sandbox/phone-codes"]["post"];
    assert_eq!(endpoint["tags"], json!(["sandbox"]));
    assert_eq!(document["paths"]["/_sandbox/pass-codes/{recipient}"]["get"]["parameters"][0]["name"], "recipient");

    let phone = &document["paths"]["/api/v3/get-wechat-miniprogram-phone"]["post"];
    let code = phone["requestBody"]["content"]["application/json"]["example"]["code"].as_str().unwrap();
    client.get_wechat_miniprogram_phone(code, "my-wxapp").await.expect("the code in the example does not work");
}
