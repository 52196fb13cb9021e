//! What the sandbox tells of the calls that it has received.

use std::time::Duration;

use genauth::operations::{GetProfile, Operation};
use genauth::sandbox::{Fault, Sandbox};
use genauth::types::{SendSmsChannel, SignInByPasswordPayloadDto, SigninByCredentialsConnection};
use serde_json::{Value, json};

/// What none of the calls may show.
const SECRET: &str = "ZQXJ-secret";

#[tokio::test]
async fn a_call_is_listed_with_its_answer_and_the_newest_first() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    let code = sandbox.issue_phone_code("18812348888");
    client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap();
    client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap_err();
    client.get_profile().with_custom_data(true).await.unwrap_err();

    let calls = sandbox.received_requests();
    let [profile, again, phone] = calls.as_slice() else { panic!("{calls:#?}") };
    assert_eq!((phone.number, again.number, profile.number), (1, 2, 3));
    assert_eq!(phone.operation.as_deref(), Some("get_wechat_miniprogram_phone"));
    assert_eq!((phone.method.as_str(), phone.path.as_deref()), ("POST", Some("/api/v3/get-wechat-miniprogram-phone")));
    assert_eq!((phone.status, phone.api_status, phone.api_code), (Some(200), Some(200), None));
    assert_eq!(phone.request, json!({ "code": "***", "extIdpConnidentifier": "my-wxapp" }));
    assert_eq!((again.api_code, again.message.as_deref()), (Some(40029), Some("invalid code")));
    assert_eq!(profile.operation.as_deref(), Some(GetProfile::ID));
    assert_eq!((profile.status, profile.api_status, profile.api_code), (Some(200), Some(401), Some(2020)));
    assert_eq!(profile.request, json!({ "withCustomData": "true" }));
}

#[tokio::test]
async fn a_call_has_the_time_of_the_sandboxs_clock() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    client.get_system_info().await.unwrap();
    sandbox.advance_clock(Duration::from_secs(24 * 60 * 60));
    client.get_system_info().await.unwrap();
    let times: Vec<_> = sandbox.received_requests().iter().map(|call| call.time.to_system_time().unwrap()).collect();
    assert!(times[0] >= times[1] + Duration::from_secs(24 * 60 * 60), "{times:?}");
}

#[tokio::test]
async fn secrets_and_whole_phone_numbers_are_left_out() {
    let sandbox = Sandbox::start().await.unwrap();
    let (client, http) = (sandbox.client().unwrap().with_access_token(SECRET), reqwest::Client::new());
    let payload = SignInByPasswordPayloadDto::new(SECRET).email("lin@example.com");
    let sign_in = client.sign_in_by_credentials(SigninByCredentialsConnection::Password).password_payload(payload);
    sign_in.header("x-mine", SECRET).await.unwrap_err();
    client.send_sms(SendSmsChannel::Login, "18812348888").phone_country_code("+86").await.unwrap();
    client.generate_link_ext_idp_url("my-lark", "an-app", SECRET).await.unwrap();

    // What no client of ours would send: secrets where the description has none, or has something else.
    let url = |path: &str| format!("{}{path}?token={SECRET}&appId={SECRET}", sandbox.url());
    for (kind, body) in [
        ("application/json", json!({ "code": { SECRET: SECRET }, "kode": SECRET, SECRET: 1 }).to_string()),
        ("application/json", json!({ "code": [SECRET], "extIdpConnidentifier": { "a": SECRET } }).to_string()),
        ("application/json", json!([SECRET]).to_string()),
        ("application/json", json!(SECRET).to_string()),
        ("application/json", SECRET.to_owned()),
        ("text/plain", SECRET.to_owned()),
        ("application/x-www-form-urlencoded", format!("code={SECRET}&{SECRET}=1")),
    ] {
        let request = http.post(url("/api/v3/get-wechat-miniprogram-phone")).header("content-type", kind);
        request.header("x-genauth-app-id", "an-app").header("cookie", SECRET).body(body).send().await.unwrap();
    }
    http.get(url(&format!("/{SECRET}/path"))).send().await.unwrap();
    http.delete(url("/api/v3/get-profile")).send().await.unwrap();

    let calls = sandbox.received_requests();
    assert_eq!(calls.len(), 12);
    let text = format!("{calls:#?}{}", json!(calls));
    assert!(!text.contains("ZQXJ"), "{text}");
    assert!(!text.contains("12348888") && text.contains("188****8888"), "{text}");
    assert!(text.contains("lin@example.com") && text.contains("CHANNEL_LOGIN"), "what is no secret is shown: {text}");
    assert_eq!(calls[1].path, None);
    assert_eq!((calls[0].status, calls[0].operation.as_deref()), (Some(405), None));
}

#[tokio::test]
async fn no_operations_secrets_are_shown() {
    let document: Value = serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/marked.json"))).unwrap();
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
    let calls = sandbox.received_requests();
    assert_eq!(calls.len(), sent);
    for call in calls {
        let text = json!(call).to_string();
        assert!(!text.contains("ZQXJ"), "{text}");
        assert!(call.operation.is_some(), "{text}");
    }
}

#[tokio::test]
async fn a_fault_is_named() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client_builder().retry_policy(genauth::RetryPolicy::never()).build().unwrap();
    for (fault, status) in
        [(Fault::ConnectionReset, None), (Fault::TruncatedBody, Some(200)), (Fault::BadGateway, Some(502))]
    {
        sandbox.inject_fault(fault, 1);
        client.get_system_info().await.unwrap_err();
        let call = sandbox.received_requests().remove(0);
        assert_eq!((call.fault, call.status), (Some(fault), status));
    }
}

#[tokio::test]
async fn the_last_thousand_are_kept_and_none_is_long() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    client.get_wechat_miniprogram_phone("a-code", "长".repeat(100_000)).await.unwrap_err();
    let shown = sandbox.received_requests()[0].request["extIdpConnidentifier"].as_str().unwrap().to_owned();
    assert_eq!(shown, "长".repeat(200) + "…");
    for _ in 0..1_000 {
        client.get_system_info().await.unwrap();
    }
    let numbers: Vec<_> = sandbox.received_requests().iter().map(|call| call.number).collect();
    assert_eq!(numbers, (2..=1_001).rev().collect::<Vec<_>>());
}

#[tokio::test]
async fn a_body_without_end_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let request = reqwest::Client::new().post(sandbox.url() + "/api/v3/get-wechat-miniprogram-phone");
    let answer = request.body(vec![b' '; 3 * 1024 * 1024]).send().await.unwrap();
    assert_eq!(answer.status(), 413);
}
