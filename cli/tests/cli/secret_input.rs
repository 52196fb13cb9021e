//! Secrets from environment variables, files and standard input.

use serde_json::{Value, json};

use crate::command::{Outcome, folder, genauth, run};
use crate::raw_server::{RawServer, Request, json as json_response};

/// The request of a call with these arguments; `A_SECRET` is an environment variable.
async fn send(arguments: &str, stdin: &str) -> Request {
    let response = json!({ "statusCode": 200, "message": "" });
    let mut server = RawServer::responding(json_response("200 OK", &response.to_string())).await;
    let mut command = genauth(arguments.split(' '));
    command.args(["--app-id", "an-app", "--app-host", &server.url()]).env("A_SECRET", "from-variable");
    let outcome = Outcome::of(command.write_stdin(stdin));
    assert_eq!(server.waiting(), 1, "{}", outcome.stderr);
    server.request().await
}

async fn body(arguments: &str, stdin: &str) -> Value {
    serde_json::from_str(&send(arguments, stdin).await.body).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn secret_field_from_argument_variable_file_or_standard_input() {
    let file = folder("secrets").join("secret");
    std::fs::write(&file, "from-file\n").unwrap();
    let file = format!("@{}", file.display());
    let change = "update-password --old-password";
    let old = async |given: &str, stdin: &str| body(&format!("{change} {given} --new-password new"), stdin).await;
    assert_eq!(old("given", "").await, json!({ "oldPassword": "given", "newPassword": "new" }));
    assert_eq!(old("env:A_SECRET", "").await["oldPassword"], "from-variable");
    assert_eq!(old(&file, "").await["oldPassword"], "from-file");
    std::fs::write(&file[1..], "\u{feff}from-file\r\n").unwrap();
    assert_eq!(old(&file, "").await["oldPassword"], "from-file", "after a byte order mark");
    assert_eq!(old("-", "typed \r\n").await["oldPassword"], "typed ");

    let both = body("update-password --new-password - --old-password -", "first\nsecond\n").await;
    assert_eq!(both, json!({ "newPassword": "first", "oldPassword": "second" }), "lines in the order of the help");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn secret_setting_from_variable_or_standard_input() {
    let token = send("get-profile --access-token env:A_SECRET", "").await;
    assert_eq!(token.header("authorization"), Some("Bearer from-variable"));
    let secret = body("sign-in-by-credentials --connection PASSWORD --app-secret -", "typed\n").await;
    assert_eq!(secret["client_secret"], "typed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn json_may_begin_with_a_byte_order_mark() {
    let file = folder("json").join("fields.json");
    std::fs::write(&file, "\u{feff}{\"oldPassword\": \"a\", \"newPassword\": \"b\"}").unwrap();
    let sent = body(&format!("update-password --json @{}", file.display()), "").await;
    assert_eq!(sent, json!({ "oldPassword": "a", "newPassword": "b" }));
}

#[cfg(unix)]
#[test]
fn secret_variable_that_is_not_utf_8_is_not_shown() {
    let value = std::os::unix::ffi::OsStrExt::from_bytes(b"a-ZQXJ-\xff");
    let value: &std::ffi::OsStr = value;
    let mut command = genauth(["--sandbox", "update-password", "--new-password", "env:A_SECRET"]);
    let outcome = Outcome::of(command.env("A_SECRET", value));
    assert!(outcome.failure(2).contains("`A_SECRET`: it is not UTF-8"), "{}", outcome.stderr);
    assert!(!outcome.stderr.contains("ZQXJ"), "{}", outcome.stderr);
}

#[test]
fn unreadable_secret_is_a_usage_error() {
    let failure = |given| run(&format!("--sandbox update-password --new-password {given}")).failure(2).to_owned();
    assert!(failure("env:NOT_THERE").contains("--new-password: cannot read environment variable `NOT_THERE`"));
    assert!(failure("@/not/there").contains("--new-password: cannot read file `/not/there`"));
    assert!(failure("-").contains("--new-password: standard input has no more lines"));
}
