//! Arbitrary callbacks and tokens.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use genauth::{AuthenticationClient, Error, RetryPolicy};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use tokio::runtime::{Builder, Runtime};

/// A client whose server cannot be reached.
fn client() -> AuthenticationClient {
    let builder = AuthenticationClient::builder().app_id("an-app").app_host("http://127.0.0.1:1");
    builder.app_secret("an-app-secret").retry_policy(RetryPolicy::never()).build().unwrap()
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn check_hidden(error: &Error) -> TestCaseResult {
    let shown = format!("{error} {error:?}");
    prop_assert!(!shown.contains("ZQXJ"), "{}", shown);
    Ok(())
}

#[test]
fn any_callback_is_an_error_without_secrets() {
    let (client, runtime) = (client(), runtime());
    let request = client.authorization_request("https://shop.example/callback").unwrap();
    let state = serde_json::to_value(&request).unwrap()["state"].as_str().unwrap().to_owned();
    let pieces =
        ["code=", "a-ZQXJ-code", "state=", &state, "&", "=", "?", "#", "/", "https://", "iss=", "%", "%ff", "+", "é"];
    let piece = prop_oneof![8 => prop::sample::select(pieces.map(str::to_owned).to_vec()), 1 => any::<String>()];
    crate::fuzz(file!(), prop::collection::vec(piece, 0..16), |pieces| {
        match runtime.block_on(client.handle_callback(&request, &pieces.concat())) {
            Err(error @ (Error::Callback(_) | Error::Transport(_))) => check_hidden(&error),
            other => panic!("{other:?}"),
        }
    });
}

#[test]
fn any_token_is_an_error_without_secrets() {
    let (client, runtime) = (client(), runtime());
    let members = [
        "\"alg\":",
        "\"RS256\"",
        "\"HS256\"",
        "\"none\"",
        "\"kid\":",
        "\"ZQXJ\"",
        "\"crit\":",
        "[",
        "]",
        "{",
        "}",
        ",",
        "7",
        "null",
    ];
    let json =
        prop::collection::vec(prop::sample::select(members.to_vec()), 0..10).prop_map(|members| members.concat());
    let part = prop_oneof![
        json.prop_map(|json| BASE64_URL_SAFE_NO_PAD.encode(format!("{{{json}}}"))),
        any::<Vec<u8>>().prop_map(|bytes| BASE64_URL_SAFE_NO_PAD.encode(bytes)),
        "\\PC{0,8}".prop_map(|text| text + "ZQXJ"),
    ];
    crate::fuzz(file!(), prop::collection::vec(part, 0..5), |parts| {
        match runtime.block_on(client.verify_access_token(parts.join("."))) {
            Err(error @ (Error::Token(_) | Error::Transport(_))) => check_hidden(&error),
            other => panic!("{other:?}"),
        }
    });
}
