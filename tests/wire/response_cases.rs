//! Responses of real servers, and what each results in. `responses.jsonl` has the responses.

use crate::raw_server::{RawServer, http};
use genauth::dynamic::{self, Arguments};
use genauth::spec::OPERATIONS;
use genauth::{ApiCode, ApiStatus, AuthenticationClient, Error, ErrorKind, RetryPolicy};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Case {
    id: String,
    status: u16,
    body: String,
    expect: String,
}

/// The operations that a case is about: one, and its siblings.
fn operations(id: &str) -> &'static [&'static str] {
    match id {
        "R1" | "R2" | "R3" | "R4" => &[
            "auth_by_code_identity",
            "register_new_user",
            "bind_by_email_code",
            "bind_by_phone_code",
            "bind_by_account",
            "select_account",
            "bind_by_account_id",
        ],
        "R5" | "R9" | "R10" | "R11" | "R27" | "R28" | "R29" | "R30" | "R31" => &["get_wechat_miniprogram_phone"],
        "R6" | "R7" | "R8" => &["revoke_token", "revoke_oauth_token"],
        "R12" => &["get_oidc_token", "get_oauth_token", "get_user_info_by_access_token"],
        "R13" => &["get_profile"],
        "R14" | "R16" | "R17" | "R18" | "R19" | "R20" | "R21" | "R22" => &["get_user_info_by_access_token"],
        "R15" => &["sign_in_by_credentials"],
        "R23" | "R24" | "R25" => &["get_oidc_token", "get_oauth_token"],
        "R26" => &["update_email", "update_phone"],
        // How a login goes on with them is in `tests/oidc/token_manager.rs`.
        "R32" | "R33" | "R34" => &["get_oidc_token"],
        _ => panic!("{id}: add it to the table"),
    }
}

fn check(id: &str, outcome: &Result<Value, Error>) -> bool {
    let api_error = |code: Option<i64>, message: &str| match outcome {
        Err(Error::Api(error)) => error.api_code == code.map(ApiCode) && error.message == message,
        _ => false,
    };
    let oauth_error = |code: &str| matches!(outcome, Err(Error::OAuth(error)) if error.error.as_str() == code && error.status.is_some());
    let member = |name: &str| outcome.as_ref().ok().map(|data| data.get(name).cloned().unwrap_or_default());
    let has = |name: &str, value: Value| member(name) == Some(value);
    let has_phone = || has("phoneNumber", json!("+8618812340000")) && has("purePhoneNumber", json!("18812340000"));
    let error_data = || match outcome {
        Err(Error::Api(error)) => error.data.clone().unwrap_or_default(),
        _ => Value::Null,
    };
    match id {
        "R1" => api_error(Some(1641), "bind or create") && error_data() == json!({ "key": "k" }),
        "R2" => has("access_token", json!("a")) && has("id_token", json!("i")) && has("token_type", json!("Bearer")),
        "R3" => outcome.as_ref().is_err_and(|error| error.kind() == ErrorKind::Decode),
        "R8" => outcome.as_ref().is_err_and(|error| error.kind() == ErrorKind::UnexpectedResponse),
        "R4" => oauth_error("invalid_request"),
        "R5" | "R9" | "R10" | "R11" => {
            api_error(Some(40029), "invalid code") && error_data()["errmsg"] == "invalid code"
        }
        "R6" => oauth_error("invalid_client"),
        "R7" => api_error(Some(400), "bad request"),
        "R12" => oauth_error("invalid_grant"),
        "R13" => api_error(None, "code must be a string; x must be set"),
        "R14" => api_error(None, "code must be a string"),
        "R15" => has("expire_in", json!(7200)),
        "R16" => has("email_verified", json!(true)),
        "R17" => has("phone_number_verified", json!(false)),
        // User info has no such claim; the ID token's claims are in `tests/oidc/id_tokens.rs`.
        "R18" | "R19" | "R20" | "R22" => outcome.is_ok(),
        "R21" => has("gender", json!("1")),
        "R23" | "R24" => has("access_token", json!("a")) && has("expires_in", json!(3600)),
        "R25" => has("scope", json!("openid profile")),
        "R26" => has("success", json!(true)),
        "R27" | "R28" => has_phone() && has("countryCode", Value::Null),
        "R29" => has_phone() && has("countryCode", json!("86")) && has("watermark", Value::Null),
        "R30" => has_phone() && has("watermark", json!({ "appid": "wx1", "timestamp": 1_754_300_000 })),
        "R31" => has_phone() && has("countryCode", json!("86")),
        "R32" => has("refresh_token", json!("")),
        "R33" => has("expires_in", json!(0)),
        "R34" => has("expires_in", json!(-1)),
        _ => panic!("{id}: add it to the table"),
    }
}

/// The arguments in an operation's example.
fn arguments(operation: &str) -> Arguments {
    let spec = OPERATIONS.iter().find(|spec| spec.id == operation).unwrap_or_else(|| panic!("no {operation}"));
    let json = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let parameters = spec.parameters.iter().filter(|parameter| !parameter.client_supplied);
    let mut arguments: Arguments = parameters.filter_map(|it| Some((it.name.to_owned(), json(it.example?)))).collect();
    arguments.extend(spec.body.iter().flat_map(|body| json(body.example).as_object().cloned().unwrap()));
    arguments
}

async fn outcome(client: &AuthenticationClient, operation: &str) -> Result<Value, Error> {
    let call = dynamic::call(client, operation, arguments(operation)).unwrap();
    call.await.map(|envelope| envelope.data)
}

#[tokio::test]
async fn responses_of_real_servers_have_their_outcomes() {
    for line in include_str!("responses.jsonl").lines() {
        let mut case: Case = serde_json::from_str(line).unwrap();
        if matches!(&*case.id, "R16" | "R17" | "R18" | "R19" | "R20" | "R21" | "R22") {
            // A claim; the subject identifies the user, and is always there.
            case.body = case.body.replacen('{', r#"{"sub":"a-user","#, 1);
        }
        for operation in operations(&case.id) {
            let response = http(&format!("{} X", case.status), "application/json", case.body.as_bytes());
            let server = RawServer::start(response).await;
            let client = server.builder().app_secret("a-secret").retry_policy(RetryPolicy::never()).build().unwrap();
            let outcome = outcome(&client, operation).await;
            assert!(
                check(&case.id, &outcome),
                "{operation}: {}\nexpected {}\nfound {outcome:?}",
                case.body,
                case.expect
            );
            if case.status == 400 {
                assert_eq!(outcome.unwrap_err().api_status(), Some(ApiStatus::INVALID_ARGUMENT));
            }
        }
    }
}
