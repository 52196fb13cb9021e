//! The log of received requests.

use std::time::Duration;

use genauth::Operation;
use genauth::operations::GetProfile;
use genauth::sandbox::{Fault, Sandbox};
use genauth::types::{SendSmsChannel, SignInByPasswordPayloadDto, SigninByCredentialsConnection};
use serde_json::{Value, json};

/// A secret that no request may show.
const SECRET: &str = "ZQXJ-secret";

#[tokio::test]
async fn requests_are_listed_with_responses_newest_first() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    let code = sandbox.issue_phone_code("18812348888");
    client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap();
    client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap_err();
    client.get_profile().with_custom_data(true).await.unwrap_err();

    let requests = sandbox.received_requests();
    let [profile, again, phone] = requests.as_slice() else { panic!("{requests:#?}") };
    assert_eq!((phone.number, again.number, profile.number), (1, 2, 3));
    assert_eq!(phone.operation.as_deref(), Some("get_wechat_miniprogram_phone"));
    assert_eq!((phone.method.as_str(), phone.path.as_deref()), ("POST", Some("/api/v3/get-wechat-miniprogram-phone")));
    assert_eq!((phone.status, phone.api_status, phone.api_code), (Some(200), Some(200), None));
    assert_eq!(phone.arguments, json!({ "code": "***", "extIdpConnidentifier": "my-wxapp" }));
    assert_eq!((again.api_code, again.message.as_deref()), (Some(40029), Some("invalid code")));
    assert_eq!(profile.operation.as_deref(), Some(GetProfile::ID));
    assert_eq!((profile.status, profile.api_status, profile.api_code), (Some(200), Some(401), Some(2020)));
    assert_eq!(profile.arguments, json!({ "withCustomData": "true" }));
}

#[tokio::test]
async fn requests_have_the_time_of_the_sandboxs_clock() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    client.get_system_info().await.unwrap();
    sandbox.advance_clock(Duration::from_secs(24 * 60 * 60));
    client.get_system_info().await.unwrap();
    let times: Vec<_> =
        sandbox.received_requests().iter().map(|request| request.received_at.to_system_time().unwrap()).collect();
    assert!(times[0] >= times[1] + Duration::from_secs(24 * 60 * 60), "{times:?}");
}

#[tokio::test]
async fn requests_are_listed_without_secrets_and_full_phone_numbers() {
    let sandbox = Sandbox::start().await.unwrap();
    let (client, http) = (sandbox.client().unwrap().with_access_token(SECRET), reqwest::Client::new());
    let payload = SignInByPasswordPayloadDto::new(SECRET).email("lin@example.com");
    let sign_in = client.sign_in_by_credentials(SigninByCredentialsConnection::Password).password_payload(payload);
    sign_in.header("x-mine", SECRET).await.unwrap_err();
    client.send_sms(SendSmsChannel::Login, "18812348888").phone_country_code("+86").await.unwrap();
    client.generate_link_ext_idp_url("my-lark", "an-app", SECRET).await.unwrap();

    // Requests that the client never sends: secrets where the OpenAPI document has nothing, or something else.
    let url = |path: &str| format!("{}{path}?token={SECRET}&appId={SECRET}", sandbox.url());
    for (content_type, body) in [
        ("application/json", json!({ "code": { SECRET: SECRET }, "kode": SECRET, SECRET: 1 }).to_string()),
        ("application/json", json!({ "code": [SECRET], "extIdpConnidentifier": { "a": SECRET } }).to_string()),
        ("application/json", json!([SECRET]).to_string()),
        ("application/json", json!(SECRET).to_string()),
        ("application/json", SECRET.to_owned()),
        ("text/plain", SECRET.to_owned()),
        ("application/x-www-form-urlencoded", format!("code={SECRET}&{SECRET}=1")),
    ] {
        let request = http.post(url("/api/v3/get-wechat-miniprogram-phone")).header("content-type", content_type);
        request.header("x-genauth-app-id", "an-app").header("cookie", SECRET).body(body).send().await.unwrap();
    }
    http.get(url(&format!("/{SECRET}/path"))).send().await.unwrap();
    http.delete(url("/api/v3/get-profile")).send().await.unwrap();

    let requests = sandbox.received_requests();
    assert_eq!(requests.len(), 12);
    let text = format!("{requests:#?}{}", json!(requests));
    assert!(!text.contains("ZQXJ"), "{text}");
    assert!(!text.contains("12348888") && text.contains("188****8888"), "{text}");
    assert!(
        text.contains("lin@example.com") && text.contains("CHANNEL_LOGIN"),
        "something that is not secret is redacted: {text}"
    );
    assert_eq!(requests[1].path, None);
    assert_eq!((requests[0].status, requests[0].operation.as_deref()), (Some(405), None));
}

#[tokio::test]
async fn no_operation_shows_secrets_in_requests() {
    let document: Value =
        serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/authentication/canary.json"))).unwrap();
    let sandbox = Sandbox::start().await.unwrap();
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let mut sent = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, spec) in methods.as_object().unwrap() {
            sent += 1;
            let mut request = http.request(method.to_uppercase().parse().unwrap(), sandbox.url() + path);
            for parameter in spec["parameters"].as_array().into_iter().flatten() {
                let example = &parameter["example"];
                let text = example.as_str().map_or(example.to_string(), ToOwned::to_owned);
                request = request.query(&[(parameter["name"].as_str().unwrap(), text)]);
            }
            if let Some(body) = spec["requestBody"]["content"]["application/json"].get("example") {
                request = request.json(body);
            }
            if let Some(form) = spec["requestBody"]["content"]["application/x-www-form-urlencoded"].get("example") {
                request = request.form(form);
            }
            request.send().await.unwrap();
        }
    }
    let requests = sandbox.received_requests();
    assert_eq!(requests.len(), sent);
    for request in requests {
        let text = json!(request).to_string();
        assert!(!text.contains("ZQXJ"), "{text}");
        assert!(request.operation.is_some(), "{text}");
    }
}

#[tokio::test]
async fn requests_have_their_fault() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client_builder().retry_policy(genauth::RetryPolicy::never()).build().unwrap();
    for (fault, status) in
        [(Fault::ConnectionReset, None), (Fault::TruncatedBody, Some(200)), (Fault::BadGateway, Some(502))]
    {
        sandbox.inject_fault(fault, 1);
        client.get_system_info().await.unwrap_err();
        let request = sandbox.received_requests().remove(0);
        assert_eq!((request.fault, request.status), (Some(fault), status));
    }
}

#[tokio::test]
async fn log_has_last_thousand_requests_with_truncated_strings() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    client.get_wechat_miniprogram_phone("a-code", "长".repeat(100_000)).await.unwrap_err();
    let shown = sandbox.received_requests()[0].arguments["extIdpConnidentifier"].as_str().unwrap().to_owned();
    assert_eq!(shown, "长".repeat(200) + "…");
    for _ in 0..1_000 {
        client.get_system_info().await.unwrap();
    }
    let numbers: Vec<_> = sandbox.received_requests().iter().map(|request| request.number).collect();
    assert_eq!(numbers, (2..=1_001).rev().collect::<Vec<_>>());
}

#[tokio::test]
async fn body_over_limit_is_rejected() {
    let sandbox = Sandbox::start().await.unwrap();
    let request = reqwest::Client::new().post(sandbox.url() + "/api/v3/get-wechat-miniprogram-phone");
    let response = request.body(vec![b' '; 3 * 1024 * 1024]).send().await.unwrap();
    assert_eq!(response.status(), 413);
}
