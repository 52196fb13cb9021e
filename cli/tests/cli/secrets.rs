//! Secrets need not stand on the command line.

use serde_json::{Value, json};

use crate::genauth_command::{Said, folder, genauth};
use crate::raw_server::{RawServer, Request, json as json_answer};

/// What a call with these arguments sends, `A_SECRET` being a variable.
async fn sent(arguments: &str, stdin: &str) -> Request {
    let answer = json!({ "statusCode": 200, "message": "" });
    let mut server = RawServer::answering(json_answer("200 OK", &answer.to_string())).await;
    let mut command = genauth(arguments.split(' '));
    command.args(["--app-id", "an-app", "--app-host", &server.url()]).env("A_SECRET", "from-variable");
    let said = Said::by(command.write_stdin(stdin));
    assert!(server.waiting() == 1, "{}", said.err);
    server.request().await
}

async fn body(arguments: &str, stdin: &str) -> Value {
    serde_json::from_str(&sent(arguments, stdin).await.body).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_secret_is_given_or_comes_from_a_variable_a_file_or_standard_input() {
    let file = folder("secrets").join("secret");
    std::fs::write(&file, "from-file\n").unwrap();
    let file = format!("@{}", file.display());
    let change = "update-password --old-password";
    let old = async |given: &str, stdin: &str| body(&format!("{change} {given} --new-password new"), stdin).await;
    assert_eq!(old("given", "").await, json!({ "oldPassword": "given", "newPassword": "new" }));
    assert_eq!(old("env:A_SECRET", "").await["oldPassword"], "from-variable");
    assert_eq!(old(&file, "").await["oldPassword"], "from-file");
    assert_eq!(old("-", "typed \r\n").await["oldPassword"], "typed ");

    let both = body("update-password --new-password - --old-password -", "first\nsecond\n").await;
    assert_eq!(both, json!({ "newPassword": "first", "oldPassword": "second" }), "lines in the order of the help");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_client_s_own_secrets_are_taken_alike() {
    let token = sent("get-profile --access-token env:A_SECRET", "").await;
    assert_eq!(token.header("authorization"), Some("Bearer from-variable"));
    let secret = body("sign-in-by-credentials --connection PASSWORD --app-secret -", "typed\n").await;
    assert_eq!(secret["client_secret"], "typed");
}

#[test]
fn a_secret_that_cannot_be_had_is_wrong_usage() {
    let failure = |given: &str| {
        let arguments = ["--sandbox", "update-password", "--new-password", given];
        Said::by(&mut genauth(arguments)).failure(2).to_owned()
    };
    assert!(failure("env:NOT_THERE").contains("--new-password: the variable `NOT_THERE`"));
    assert!(failure("@/not/there").contains("--new-password: the file `/not/there`"));
    assert!(failure("-").contains("--new-password: standard input has no line for it"));
}
