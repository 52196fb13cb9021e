//! What is printed, and how.

use std::fs::File;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::genauth_command::{Said, genauth, on_a_sandbox};

fn said(arguments: &str) -> Said {
    Said::by(&mut genauth(arguments.split(' ')))
}

#[test]
fn the_answer_s_data_is_json_on_one_line_or_many() {
    let pretty = on_a_sandbox("get-system-info");
    assert!(pretty.out.starts_with("{\n  \""), "{}", pretty.out);
    let json = on_a_sandbox("get-system-info --output json");
    assert_eq!(json.out.lines().count(), 1);
    assert_eq!(json.json(), pretty.json());
    assert_eq!(on_a_sandbox("unlink-ext-idp --ext-idp-id x").out, "null\n", "an answer without data");
}

#[test]
fn the_envelope_is_the_whole_answer() {
    let envelope = on_a_sandbox("get-profile --envelope").json();
    assert_eq!(envelope["statusCode"], 200);
    assert_eq!(envelope["data"]["username"], "sandbox-user");
    assert!(envelope["message"].is_string());
}

#[test]
fn a_list_is_a_table_with_a_row_for_each_item() {
    let page = on_a_sandbox("get-login-history --output table");
    let rows: Vec<_> = page.out.lines().collect();
    assert!(rows[0].starts_with("appId ") && rows[0].contains("loginAt"), "{}", page.out);
    let items = on_a_sandbox("get-login-history").json()["list"].as_array().unwrap().len();
    assert_eq!(rows.len(), items + 1);
    let column = rows[0].find("loginAt").unwrap();
    assert!(rows[1][column..].starts_with("2026-"), "{}", page.out);

    let object = on_a_sandbox("get-profile --output table");
    assert!(object.out.lines().any(|line| line.split_whitespace().eq(["username", "sandbox-user"])), "{}", object.out);
}

#[test]
fn operations_are_listed_by_tag_and_described() {
    let list = said("list wechat");
    assert!(list.out.lines().skip(1).all(|line| line.contains("  wechat  ")), "{}", list.out);
    assert!(said("list wechatt").failure(2).contains("'wechat'"));

    let text = said("describe get-login-history").out;
    for part in
        ["GET /api/v3/get-my-login-history", "Sends: appId, accessToken", "--field-app-id", "--limit", "totalCount"]
    {
        assert!(text.contains(part), "no {part} in {text}");
    }
    let example = text.lines().find_map(|line| line.strip_prefix("genauth get-login-history --json '")).unwrap();
    assert!(serde_json::from_str::<Value>(example.trim_end_matches('\'')).unwrap().is_object());
    let json = said("describe get-login-history --output json").json();
    assert_eq!((&json["method"], &json["operationId"]), (&"get".into(), &"get_login_history".into()));
}

#[test]
fn the_document_is_printed_in_json_and_yaml() {
    let expected: Value = serde_json::from_str(genauth::OPENAPI).unwrap();
    assert_eq!(said("openapi").json(), expected);
    let yaml = said("openapi --yaml").out;
    assert!(yaml.lines().any(|line| line == "paths:"));
    assert_eq!(serde_norway::from_str::<Value>(&yaml).unwrap(), expected);
}

#[test]
fn completions_and_manual_pages_know_every_operation() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = said(&format!("completions {shell}")).out;
        assert!(script.contains("get-wechat-miniprogram-phone"), "{shell}");
        assert!(script.contains("ext-idp-connidentifier"), "{shell}");
    }
    assert!(said("man").out.contains(r"genauth\-get\-wechat\-miniprogram\-phone"));
    let page = said("man get-wechat-miniprogram-phone").out;
    assert!(page.starts_with(".ie") && page.contains(r"\-\-ext\-idp\-connidentifier"), "{page}");
    assert!(said("man nothing").failure(2).contains("no command `nothing`"));
}

#[test]
fn a_reader_that_has_read_enough_is_no_failure() {
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
fn a_failure_that_nobody_hears_of_keeps_its_status() {
    let full = File::options().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_genauth"));
    let status = command.args(["--sandbox", "get-profile", "--app-id", "x"]).stderr(full).status().unwrap();
    assert_eq!(status.code(), Some(2));
}

#[test]
fn an_answer_that_cannot_be_written_is_a_failure() {
    let full = File::options().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_genauth"));
    let output = command.arg("list").stdout(full).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("error: the answer cannot be written: No space left"), "{said}");
}

#[test]
fn colours_are_for_terminals() {
    let plain = Said::by(genauth(["get-profile"]).env("TERM", "xterm-256color"));
    assert!(!plain.failure(2).contains('\u{1b}'));
    let forced = Said::by(genauth(["get-profile"]).env("CLICOLOR_FORCE", "1"));
    assert!(forced.failure(2).contains('\u{1b}'));
}
