//! Output: formats, lists, descriptions, closed pipes.

use std::fs::File;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::command::{Outcome, genauth, run};

#[test]
fn data_is_printed_as_json_on_one_line_or_indented() {
    let pretty = run("--sandbox get-system-info");
    assert!(pretty.stdout.starts_with("{\n  \""), "{}", pretty.stdout);
    let json = run("--sandbox get-system-info --output json");
    assert_eq!(json.stdout.lines().count(), 1);
    assert_eq!(json.json(), pretty.json());
    assert_eq!(run("--sandbox unlink-ext-idp --ext-idp-id x").stdout, "null\n", "a response without data");
}

#[test]
fn envelope_prints_full_response() {
    let envelope = run("--sandbox get-profile --envelope").json();
    assert_eq!(envelope["statusCode"], 200);
    assert_eq!(envelope["data"]["username"], "sandbox-user");
    assert!(envelope["message"].is_string());
}

#[test]
fn table_has_a_row_for_each_item_or_member() {
    let page = run("--sandbox get-login-history --output table");
    let rows: Vec<_> = page.stdout.lines().collect();
    assert!(rows[0].starts_with("appId ") && rows[0].contains("loginAt"), "{}", page.stdout);
    let items = run("--sandbox get-login-history").json()["list"].as_array().unwrap().len();
    assert_eq!(rows.len(), items + 1);
    let column = rows[0].find("loginAt").unwrap();
    assert!(rows[1][column..].starts_with("2026-"), "{}", page.stdout);

    let object = run("--sandbox get-profile --output table");
    let username = object.stdout.lines().find(|line| line.split_whitespace().eq(["username", "sandbox-user"]));
    assert!(username.is_some(), "{}", object.stdout);
}

#[test]
fn list_filters_by_tag() {
    let list = run("list wechat");
    assert!(list.stdout.lines().skip(1).all(|line| line.contains("  wechat  ")), "{}", list.stdout);
    assert!(run("list wechatt").failure(2).contains("'wechat'"));
}

#[test]
fn describe_shows_fields_credentials_and_example() {
    let text = run("describe get-login-history").stdout;
    for part in [
        "GET /api/v3/get-my-login-history",
        "Credentials: --app-id, --access-token\n",
        "--field-app-id",
        "--limit",
        "totalCount",
    ] {
        assert!(text.contains(part), "no {part} in {text}");
    }
    let example = text.lines().find_map(|line| line.strip_prefix("genauth get-login-history --json '")).unwrap();
    assert!(serde_json::from_str::<Value>(example.trim_end_matches('\'')).unwrap().is_object());
    let json = run("describe get-login-history --output json").json();
    assert_eq!((&json["method"], &json["operationId"]), (&"get".into(), &"get_login_history".into()));
}

#[test]
fn openapi_prints_document_as_json_and_yaml() {
    let expected: Value = serde_json::from_str(genauth::OPENAPI).unwrap();
    assert_eq!(run("openapi").json(), expected);
    let yaml = run("openapi --yaml").stdout;
    assert!(yaml.lines().any(|line| line == "paths:"));
    assert_eq!(serde_norway::from_str::<Value>(&yaml).unwrap(), expected);
}

#[test]
fn help_leaves_out_operations() {
    let help = run("--help get-profile");
    assert_eq!((help.status, help.stderr.as_str()), (0, ""));
    assert!(help.stdout.contains("\n  describe "), "{}", help.stdout);
    assert!(!help.stdout.contains("get-profile"), "{}", help.stdout);
    let help = run("get-profile --help").stdout;
    assert!(help.contains("--with-custom-data"), "{help}");
}

#[test]
fn completions_and_manual_pages_have_every_operation() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = run(&format!("completions {shell}")).stdout;
        assert!(script.contains("get-wechat-miniprogram-phone"), "{shell}");
        assert!(script.contains("ext-idp-connidentifier"), "{shell}");
    }
    assert!(run("man").stdout.contains(r"genauth\-get\-wechat\-miniprogram\-phone"));
    let page = run("man get-wechat-miniprogram-phone").stdout;
    assert!(page.starts_with(".ie") && page.contains(r"\-\-ext\-idp\-connidentifier"), "{page}");
    assert!(run("man nothing").failure(2).contains("unknown command `nothing`"));
}

#[test]
fn closed_pipe_is_success() {
    for arguments in [&["openapi"][..], &["list"], &["completions", "bash"], &["--sandbox", "get-system-info"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_genauth"));
        let mut child = command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{arguments:?}");
        assert!(output.status.success(), "{arguments:?}");
    }
}

#[test]
fn error_keeps_its_status_where_standard_error_is_full() {
    let full = File::options().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_genauth"));
    let status = command.args(["--sandbox", "get-profile", "--app-id", "x"]).stderr(full).status().unwrap();
    assert_eq!(status.code(), Some(2));
}

#[test]
fn full_standard_output_is_an_error() {
    let full = File::options().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_genauth"));
    let output = command.arg("list").stdout(full).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.starts_with("error: cannot write to standard output: No space left"), "{stderr}");
}

#[test]
fn colors_are_for_terminals() {
    let plain = Outcome::of(genauth(["get-profile"]).env("TERM", "xterm-256color"));
    assert!(!plain.failure(2).contains('\u{1b}'));
    let forced = Outcome::of(genauth(["get-profile"]).env("CLICOLOR_FORCE", "1"));
    assert!(forced.failure(2).contains('\u{1b}'));
}
