//! Every mistake in a document is reported with file, place and remedy.

use std::fs;
use std::path::Path;

use genauth_codegen::{Options, generate};

const TEA: &str = include_str!("../fixtures/tea.yaml");

/// The diagnostics of a document, one a line.
fn diagnostics(files: &[(&str, &str)]) -> String {
    let sources = files.iter().map(|(name, content)| ((*name).to_owned(), (*content).to_owned())).collect();
    match generate(sources, Options::default()) {
        Ok(_) => String::new(),
        Err(diagnostics) => diagnostics.iter().map(|diagnostic| format!("{diagnostic}\n")).collect(),
    }
}

/// Replaces `right` with `wrong` in the document, and checks that the diagnostics contain each of `parts`.
fn mistake(right: &str, wrong: &str, parts: &[&str]) {
    assert!(TEA.contains(right), "the document has no {right:?}");
    let said = diagnostics(&[("authentication/tea.yaml", &TEA.replacen(right, wrong, 1))]);
    for part in parts {
        assert!(said.contains(part), "no {part:?} in {said:?}");
    }
}

macro_rules! mistakes {
    ($($name:ident: $right:literal => $wrong:literal, [$($part:literal),* $(,)?];)*) => {$(
        #[test]
        fn $name() {
            crate::mistake($right, $wrong, &[$($part),*]);
        }
    )*};
}

mod document;
mod examples;
mod extensions;
mod operations;
mod schemas;

const BREW: &str = "openapi/authentication/tea.yaml: paths > /teas/{kind}/brew > post";

#[test]
fn document_without_mistakes_generates() {
    assert_eq!(diagnostics(&[("authentication/tea.yaml", TEA)]), "");
}

#[test]
fn part_defined_in_two_files_names_both() {
    let other = "components:\n  schemas:\n    Cup: {type: object, description: Another}\n";
    let said = diagnostics(&[("authentication/tea.yaml", TEA), ("shared/zzz.yaml", other)]);
    let expected = "openapi/shared/zzz.yaml: components > schemas > Cup: also defined in \
                    openapi/authentication/tea.yaml; define it once";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn several_mistakes_are_reported_at_once() {
    let wrong = TEA.replacen("summary: Brew a cup of tea", "summary: ''", 1).replacen("- name: cups", "- name: 1st", 1);
    let said = diagnostics(&[("authentication/tea.yaml", &wrong)]);
    assert!(said.contains("no summary; say in one line what it does"), "{said}");
    assert!(said.contains("`1st` is not a valid Rust identifier"), "{said}");
}

#[test]
fn place_begins_with_the_operation() {
    mistake("summary: Brew a cup of tea", "summary: ''", &[BREW, "no summary", "say in one line what it does"]);
}

#[test]
fn operations_with_one_request_type() {
    let wrong = TEA.replacen("operationId: list_teas", "operationId: brew_tea2", 1);
    let wrong = wrong.replacen("operationId: order_tea", "operationId: brew_tea_2", 1);
    let said = diagnostics(&[("authentication/tea.yaml", &wrong)]);
    assert!(said.contains("/orders > post > operationId: `brew_tea_2` and `brew_tea2` have the same name"), "{said}");
}

#[test]
fn example_with_a_reference_inside_generates() {
    let document = TEA.replacen("{description: Anything}", "{description: Anything, example: {$ref: x}}", 1);
    assert_eq!(diagnostics(&[("authentication/tea.yaml", &document)]), "");
}

#[test]
fn response_example_with_null_for_an_optional_property_generates() {
    let document = TEA.replacen("data: {cupId: 7}}", "data: {cupId: 7, notes: null}}", 1);
    assert_eq!(diagnostics(&[("authentication/tea.yaml", &document)]), "");
}

#[test]
fn methods_of_the_client_are_reserved() {
    let mut methods = Vec::new();
    methods_of_the_client(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../src"), &mut methods);
    assert!(methods.iter().any(|method| method == "builder"), "not the client's methods: {methods:?}");
    for method in methods {
        let wrong = TEA.replacen("operationId: list_teas", &format!("operationId: {method}"), 1);
        let said = diagnostics(&[("authentication/tea.yaml", &wrong)]);
        let expected = format!("`{method}` and `AuthenticationClient::{method}` have the same name in Rust");
        assert!(said.contains(&expected), "add `{method}` to CLIENT_METHODS in src/spec/lint/names.rs");
    }
}

/// Collects the functions in each `impl` of a client, in a folder.
fn methods_of_the_client(folder: &Path, methods: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            methods_of_the_client(&path, methods);
        }
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let code = fs::read_to_string(&path).unwrap();
        let clients = ["AuthenticationClient", "ManagementClient"].map(|client| format!("\nimpl {client} {{\n"));
        let blocks = clients.iter().flat_map(|client| code.split(client).skip(1));
        let blocks = blocks.filter_map(|rest| rest.split("\n}\n").next());
        let lines = blocks.flat_map(str::lines).filter(|line| line.starts_with("    ") && !line.starts_with("     "));
        let names = lines.filter(|line| !line.trim_start().starts_with("//")).filter_map(|line| line.split_once("fn "));
        methods.extend(names.filter_map(|(_, rest)| Some(rest.split_once(['(', '<'])?.0.to_owned())));
    }
}
