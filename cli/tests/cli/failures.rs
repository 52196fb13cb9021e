//! How failures are told: exit status, sentence, hint, JSON.

use std::net::TcpListener;

use serde_json::{Value, json};

use crate::genauth_command::{Said, genauth, on_a_sandbox};
use crate::raw_server::{RawServer, http, json as json_answer};

const PHONE: &str = "get-wechat-miniprogram-phone --code x --ext-idp-connidentifier y";

/// What the command says to an answer.
async fn to(answer: Vec<u8>, arguments: &[&str]) -> Said {
    let server = RawServer::answering(answer).await;
    let host = ["get-wechat-miniprogram-phone", "--app-id", "an-app", "--app-host", &server.url()];
    let fields = ["--code", "x", "--ext-idp-connidentifier", "y"];
    Said::by(genauth(host).args(fields).args(arguments))
}

#[test]
fn a_refusal_has_status_1_and_its_reason_in_words_or_json() {
    let said = on_a_sandbox(PHONE);
    assert_eq!(said.failure(1), "error: the API refused: invalid code (status 200, code 40029)\n");
    let said = on_a_sandbox(&format!("{PHONE} --output json"));
    let error: Value = serde_json::from_str(said.failure(1)).unwrap();
    assert_eq!(error, json!({ "kind": "api", "message": "invalid code", "status": 200, "code": 40029 }));

    let said = on_a_sandbox("get-profile --access-token nobody");
    let hint =
        "log in with `genauth login`, or give the user's access token with --access-token or GENAUTH_ACCESS_TOKEN";
    assert!(said.failure(1).ends_with(&format!("hint: {hint}\n")), "{}", said.err);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_a_refusal_gives_along_is_for_standard_output_when_asked_for() {
    let refusal = json!({ "statusCode": 400, "apiCode": 1636, "message": "more is needed", "requestId": "r-1",
        "data": { "mfaToken": "a-token" } });
    let answer = json_answer("200 OK", &refusal.to_string());
    let said = to(answer.clone(), &[]).await;
    assert!(said.failure(1).ends_with("hint: --envelope shows what the server gave along for the next step\n"));
    assert!(!said.err.contains("a-token"));

    let said = to(answer, &["--envelope", "--output", "json"]).await;
    assert_eq!(serde_json::from_str::<Value>(&said.out).unwrap(), refusal);
    let error: Value = serde_json::from_str(&said.err).unwrap();
    assert_eq!((said.status, &error["requestId"], &error["code"]), (1, &json!("r-1"), &json!(1636)));
    assert!(!said.err.contains("a-token"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn no_answer_has_status_3() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let host = format!("http://{free}");
    let said = Said::by(&mut genauth(["get-system-info", "--app-id", "x", "--app-host", &host, "--output=json"]));
    let error: Value = serde_json::from_str(said.failure(3)).unwrap();
    assert_eq!((&error["kind"], &error["hint"]), (&json!("connect"), &json!("check --app-host and the network")));

    let html = to(http("502 Bad Gateway", "text/html", b"<html>"), &[]).await;
    assert!(html.failure(3).contains("HTTP 502 Bad Gateway, text/html"));
    let cut = to(Vec::new(), &[]).await;
    assert!(cut.failure(3).contains("hint: what was sent may have taken effect"));
    let odd = json!({ "statusCode": 200, "message": "", "data": { "phoneNumber": ["+8618812348888"] } });
    let odd = to(json_answer("200 OK", &odd.to_string()), &[]).await;
    assert!(odd.failure(3).contains("data.phoneNumber: expected a string, found sequence"), "{}", odd.err);

    // It accepts, and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = format!("http://{}", silent.local_addr().unwrap());
    let arguments = ["get-profile", "--app-id", "x", "--app-host", &host, "--timeout", "200ms", "--output", "json"];
    let error: Value = serde_json::from_str(Said::by(&mut genauth(arguments)).failure(3)).unwrap();
    assert_eq!(error["kind"], "timeout");
}

#[test]
fn wrong_usage_has_status_2_in_json_too() {
    let said = Said::by(&mut genauth(["get-profile", "--app-hots", "x", "--output", "json"]));
    let error: Value = serde_json::from_str(said.failure(2)).unwrap();
    assert_eq!((&error["kind"], &error["hint"]), (&json!("usage"), &json!("a similar argument exists: '--app-host'")));
    let said = Said::by(&mut genauth(["get-profile", "--app-id", "x", "--app-host", "ftp://x", "--output", "json"]));
    let error: Value = serde_json::from_str(said.failure(2)).unwrap();
    assert_eq!(error["kind"], "usage");
    Said::by(&mut genauth([])).failure(2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_a_server_says_does_not_steer_the_terminal() {
    let answer = json!({ "statusCode": 400, "message": "\u{1b}[2Jgone\u{7}" });
    let said = to(json_answer("200 OK", &answer.to_string()), &[]).await;
    assert!(said.failure(1).contains("\u{fffd}[2Jgone\u{fffd}"), "{:?}", said.err);

    let data = json!([{ "name": "\u{1b}[2Jgone\nand more" }]);
    let answer = json!({ "statusCode": 200, "message": "", "data": data });
    let server = RawServer::answering(json_answer("200 OK", &answer.to_string())).await;
    let arguments = ["get-group-list", "--app-id", "x", "--app-host", &server.url(), "--output", "table"];
    let said = Said::by(&mut genauth(arguments));
    assert!(!said.out.contains('\u{1b}'), "{said:?}");
}
