//! Errors: exit status, message, hint, JSON.

use std::net::TcpListener;

use serde_json::{Value, json};

use crate::command::{Outcome, genauth, run};
use crate::raw_server::{RawServer, http, json as json_response};

const PHONE: &str = "--sandbox get-wechat-miniprogram-phone --code x --ext-idp-connidentifier y";

/// The outcome of a call with this response.
async fn run_with_response(response: Vec<u8>, arguments: &[&str]) -> Outcome {
    let server = RawServer::responding(response).await;
    let host = ["get-wechat-miniprogram-phone", "--app-id", "an-app", "--app-host", &server.url()];
    let fields = ["--code", "x", "--ext-idp-connidentifier", "y"];
    Outcome::of(genauth(host).args(fields).args(arguments))
}

#[test]
fn api_error_exits_with_1_and_reason_as_text_or_json() {
    let outcome = run(PHONE);
    let hint = "--envelope prints the data that came with the rejection";
    assert_eq!(outcome.failure(1), format!("error: API error 40029: invalid code (status 200)\nhint: {hint}\n"));
    let outcome = run(&format!("{PHONE} --output json"));
    let error: Value = serde_json::from_str(outcome.failure(1)).unwrap();
    assert_eq!(error, json!({ "kind": "api", "message": "invalid code", "status": 200, "code": 40029, "hint": hint }));

    let outcome = run("--sandbox get-profile --access-token nobody");
    let hint =
        "log in with `genauth login`, or give the user's access token with --access-token or GENAUTH_ACCESS_TOKEN";
    assert!(outcome.failure(1).ends_with(&format!("hint: {hint}\n")), "{}", outcome.stderr);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn envelope_prints_data_of_api_error_on_standard_output() {
    let rejection = json!({ "statusCode": 400, "apiCode": 1636, "message": "more is needed", "requestId": "r-1",
        "data": { "mfaToken": "a-token" } });
    let response = json_response("200 OK", &rejection.to_string());
    let outcome = run_with_response(response.clone(), &[]).await;
    assert!(outcome.failure(1).ends_with("hint: --envelope prints the data that came with the rejection\n"));
    assert!(!outcome.stderr.contains("a-token"));

    let outcome = run_with_response(response, &["--envelope", "--output", "json"]).await;
    assert_eq!(serde_json::from_str::<Value>(&outcome.stdout).unwrap(), rejection);
    let error: Value = serde_json::from_str(&outcome.stderr).unwrap();
    assert_eq!((outcome.status, &error["requestId"], &error["code"]), (1, &json!("r-1"), &json!(1636)));
    assert!(!outcome.stderr.contains("a-token"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn missing_or_invalid_response_exits_with_3() {
    // Another test may listen on a port that was free before.
    let host = "http://127.0.0.1:1";
    let outcome = Outcome::of(&mut genauth(["get-system-info", "--app-id", "x", "--app-host", host, "--output=json"]));
    let error: Value = serde_json::from_str(outcome.failure(3)).unwrap();
    assert_eq!((&error["kind"], &error["hint"]), (&json!("connect"), &json!("check --app-host and the network")));

    let html = run_with_response(http("502 Bad Gateway", "text/html", b"<html>"), &[]).await;
    assert!(html.failure(3).contains("HTTP 502 Bad Gateway (text/html"));
    let cut = run_with_response(Vec::new(), &[]).await;
    assert!(cut.failure(3).contains("hint: the request may have taken effect"));
    let odd = json!({ "statusCode": 200, "message": "", "data": { "phoneNumber": ["+8618812348888"] } });
    let odd = run_with_response(json_response("200 OK", &odd.to_string()), &[]).await;
    assert!(odd.failure(3).contains("data.phoneNumber: expected a string, found array"), "{}", odd.stderr);

    // It accepts connections, and never responds.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = format!("http://{}", silent.local_addr().unwrap());
    let arguments = ["get-profile", "--app-id", "x", "--app-host", &host, "--timeout", "200ms", "--output", "json"];
    let error: Value = serde_json::from_str(Outcome::of(&mut genauth(arguments)).failure(3)).unwrap();
    assert_eq!(error["kind"], "timeout");
}

#[test]
fn usage_error_exits_with_2_as_text_or_json() {
    let outcome = Outcome::of(&mut genauth(["get-profile", "--app-hots", "x", "--output", "json"]));
    let error: Value = serde_json::from_str(outcome.failure(2)).unwrap();
    assert_eq!((&error["kind"], &error["hint"]), (&json!("usage"), &json!("a similar argument exists: '--app-host'")));
    let outcome =
        Outcome::of(&mut genauth(["get-profile", "--app-id", "x", "--app-host", "ftp://x", "--output", "json"]));
    let error: Value = serde_json::from_str(outcome.failure(2)).unwrap();
    assert_eq!(error["kind"], "usage");
    Outcome::of(&mut genauth([])).failure(2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn control_characters_of_server_are_not_printed() {
    let response = json!({ "statusCode": 400, "message": "\u{1b}[2Jgone\u{7}" });
    let outcome = run_with_response(json_response("200 OK", &response.to_string()), &[]).await;
    assert!(outcome.failure(1).contains("\u{fffd}[2Jgone\u{fffd}"), "{:?}", outcome.stderr);

    let data = json!([{ "name": "\u{1b}[2Jgone\nand more" }]);
    let response = json!({ "statusCode": 200, "message": "", "data": data });
    let server = RawServer::responding(json_response("200 OK", &response.to_string())).await;
    let arguments = ["get-group-list", "--app-id", "x", "--app-host", &server.url(), "--output", "table"];
    let outcome = Outcome::of(&mut genauth(arguments));
    assert!(!outcome.stdout.contains('\u{1b}'), "{outcome:?}");
}
