//! An operation's fields as flags and in `--json`.

use serde_json::{Value, json};

use crate::command::{Outcome, folder, genauth, run};
use crate::raw_server::{RawServer, Request, json as json_response};

/// The request of a call with these arguments.
async fn send(arguments: &[&str], stdin: &str) -> Request {
    let response = json!({ "statusCode": 200, "message": "" });
    let mut server = RawServer::responding(json_response("200 OK", &response.to_string())).await;
    let outcome = Outcome::of(
        genauth(arguments.iter().copied()).args(["--app-id", "an-app", "--app-host", &server.url()]).write_stdin(stdin),
    );
    assert_eq!(server.waiting(), 1, "{}", outcome.stderr);
    server.request().await
}

async fn body(arguments: &[&str], stdin: &str) -> Value {
    serde_json::from_str(&send(arguments, stdin).await.body).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn flags_become_typed_parameters_and_properties() {
    let request = send(&["get-login-history", "--limit", "-5", "--success=false", "--client-ip", "::1"], "").await;
    assert_eq!(request.line, "GET /api/v3/get-my-login-history?clientIp=%3A%3A1&limit=-5&success=false HTTP/1.1");
    let request = send(&["get-profile", "--with-custom-data", "--with-identities=false"], "").await;
    assert_eq!(request.line, "GET /api/v3/get-profile?withCustomData=true&withIdentities=false HTTP/1.1");

    let resources = ["check-permission-by-string-resource", "--resources", "a", "--resources", "b", "--action", "read"];
    let (resources, expected) = (body(&resources, "").await, json!({ "resources": ["a", "b"], "action": "read" }));
    assert_eq!(resources, expected);
    let nested = ["sign-in-by-credentials", "--connection", "PASSWORD", "--password-payload"];
    let nested = body(&[&nested[..], &[r#"{"password":"x","email":"y"}"#]].concat(), "").await;
    assert_eq!(nested, json!({ "connection": "PASSWORD", "passwordPayload": { "password": "x", "email": "y" } }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn field_named_like_a_global_option_gets_prefixed_flag() {
    let request = send(&["get-login-history", "--field-app-id", "other-app"], "").await;
    assert_eq!(request.line, "GET /api/v3/get-my-login-history?appId=other-app HTTP/1.1");
    assert_eq!(request.header("x-genauth-app-id"), Some("an-app"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn field_that_is_parameter_and_property_is_sent_as_both() {
    let request = send(&["remove-credential", "--credential-id", "c-1"], "").await;
    assert_eq!(request.line, "POST /api/v3/webauthn/remove-credential/c-1 HTTP/1.1");
    assert_eq!(serde_json::from_str::<Value>(&request.body).unwrap(), json!({ "credentialID": "c-1" }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn json_sets_all_fields_and_flags_override_it() {
    let json = r#"{"channel":"CHANNEL_LOGIN","email":"lin@example.com"}"#;
    let expected = json!({ "channel": "CHANNEL_LOGIN", "email": "lin@example.com" });
    let file = folder("json").join("fields.json");
    std::fs::write(&file, json).unwrap();
    let file = format!("@{}", file.display());
    assert_eq!(body(&["send-email", "--json", json], "").await, expected);
    assert_eq!(body(&["send-email", "--json", &file], "").await, expected);
    assert_eq!(body(&["send-email", "--json", "-"], json).await, expected);

    let overridden = body(&["send-email", "--json", json, "--email", "wu@example.com"], "").await;
    assert_eq!(overridden["email"], "wu@example.com");
    // An enum value that the OpenAPI document does not have.
    let new = body(&["send-email", "--json", r#"{"channel":"CHANNEL_NEW","email":"x"}"#], "").await;
    assert_eq!(new["channel"], "CHANNEL_NEW");
    // Parameters of the path and the query.
    let query = send(&["get-login-history", "--json", r#"{"page":2}"#], "").await;
    assert_eq!(query.line, "GET /api/v3/get-my-login-history?page=2 HTTP/1.1");
}

#[test]
fn invalid_fields_are_usage_errors_with_suggestions() {
    let failure = |arguments: &str| run(&format!("--sandbox {arguments}")).failure(2).to_owned();
    assert!(failure("send-email --email x").contains("--channel <VALUE>"));
    assert!(failure("send-email --email x --channel CHANNEL_LOGN").contains("'CHANNEL_LOGIN'"));
    assert!(failure("get-login-history --limit many").contains("--limit"));
    assert!(failure("get-profile --with-custom-date").contains("'--with-custom-data'"));
    assert!(failure("get-profil").contains("did you mean `get-profile`?"));
    assert!(failure("describe get-profil").contains("did you mean `get-profile`?"));
    assert!(failure(r#"get-profile --json {"withCustomDate":true}"#).contains("did you mean `withCustomData`?"));
    let nested = r#"{"connection":"PASSWORD","passwordPayload":{"pasword":"x"}}"#;
    let nested = failure(&format!("sign-in-by-credentials --json {nested}"));
    assert_eq!(nested, "error: unknown field `passwordPayload.pasword`\nhint: did you mean `password`?\n");
    assert!(failure("get-profile --json [1]").contains("not an object"));
    assert!(failure("get-profile --json {").contains("--json: invalid JSON: EOF"));
    assert!(failure("send-email --json {}").contains("missing field"));
}
