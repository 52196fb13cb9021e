//! Every operation of the OpenAPI document is a subcommand.

use std::path::Path;

use genauth::sandbox::Sandbox;
use genauth_codegen::Api;
use serde_json::{Map, Value};

use crate::command::{Outcome, genauth, run};
use crate::raw_server::{RawServer, json};

/// The marker in every secret of the canary document.
const CANARY: &str = "ZQXJ";

struct Operation {
    /// The command with its subcommands.
    command: Vec<String>,
    /// The example of a request.
    arguments: Value,
    /// The example of a response.
    response: Value,
    spec: Value,
}

impl Operation {
    fn is_url_only(&self) -> bool {
        self.spec["x-genauth-url-only"] == true
    }
}

/// The operations of a document; its API's operations are subcommands of `prefix`.
fn operations(prefix: Option<&str>, document: &Value) -> Vec<Operation> {
    let paths = document["paths"].as_object().unwrap().values();
    let operations = paths.flat_map(|methods| methods.as_object().unwrap().values());
    let callable = operations.filter(|spec| spec.get("x-genauth-websocket").is_none());
    callable
        .map(|spec| {
            let parameters = spec["parameters"].as_array().into_iter().flatten();
            let parameters = parameters.filter(|parameter| parameter.get("x-genauth-client-supplied").is_none());
            let mut arguments: Map<_, _> =
                parameters.filter_map(|p| Some((p["name"].as_str()?.to_owned(), p.get("example")?.clone()))).collect();
            arguments.extend(example(&spec["requestBody"]).as_object().cloned().unwrap_or_default());
            let responses = &spec["responses"];
            Operation {
                command: prefix.into_iter().map(ToOwned::to_owned).chain([command(spec)]).collect(),
                arguments: arguments.into(),
                response: example(responses.get("200").unwrap_or(&responses["2XX"])).clone(),
                spec: spec.clone(),
            }
        })
        .collect()
}

fn command(spec: &Value) -> String {
    spec["operationId"].as_str().unwrap().replace('_', "-")
}

fn example(holder: &Value) -> &Value {
    holder["content"].as_object().and_then(|content| content.values().next()).map_or(&Value::Null, |c| &c["example"])
}

/// Whether `value` contains everything of `expected` that is not empty.
fn contains(value: &Value, expected: &Value) -> bool {
    match (value, expected) {
        (_, Value::Null) => true,
        (Value::Object(members), Value::Object(expected)) => {
            expected.iter().all(|(name, expected)| contains(members.get(name).unwrap_or(&Value::Null), expected))
        }
        (Value::Array(items), Value::Array(expected)) => {
            items.len() == expected.len() && items.iter().zip(expected).all(|(item, expected)| contains(item, expected))
        }
        (Value::Null, Value::Object(expected)) => expected.is_empty(),
        (Value::Null, Value::Array(expected)) => expected.is_empty(),
        _ => value == expected,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_operation_accepts_its_example() {
    let sandbox = Sandbox::start().await.unwrap();
    let apis = [(None, genauth::OPENAPI), (Some("management"), genauth::management::OPENAPI)];
    let operations: Vec<_> =
        apis.iter().flat_map(|(prefix, json)| operations(*prefix, &serde_json::from_str(json).unwrap())).collect();
    let listed = run("list --output json").json();
    let mut listed: Vec<_> = listed.as_array().unwrap().iter().map(|o| o["operation"].as_str().unwrap()).collect();
    let mut names: Vec<_> = operations.iter().map(|operation| operation.command.join(" ")).collect();
    listed.sort_unstable();
    names.sort_unstable();
    assert_eq!(listed, names);

    for operation in &operations {
        let Operation { command, arguments, response, spec } = operation;
        let (name, arguments) = (command.join(" "), arguments.to_string());
        let has_handler = spec.get("x-genauth-sandbox").is_some();
        let outcome = Outcome::of(
            genauth(command.iter().map(String::as_str).chain(["--json", &arguments, "--output", "json"]))
                .env("GENAUTH_MANAGEMENT_HOST", sandbox.management_url())
                .env("GENAUTH_ACCESS_KEY_ID", sandbox.access_key_id())
                .env("GENAUTH_ACCESS_KEY_SECRET", sandbox.access_key_secret())
                .env("GENAUTH_APP_HOST", sandbox.url())
                .env("GENAUTH_APP_ID", sandbox.app_id())
                .env("GENAUTH_APP_SECRET", sandbox.app_secret())
                .env("GENAUTH_ACCESS_TOKEN", sandbox.issue_access_token()),
        );
        // A handler may reject the example, which names a code or a user that this sandbox does not have.
        if has_handler && outcome.status == 1 {
            let error: Value = serde_json::from_str(&outcome.stderr).unwrap();
            assert!(["api", "oauth"].contains(&error["kind"].as_str().unwrap()), "{name}: {}", outcome.stderr);
            continue;
        }
        let data = outcome.json();
        if operation.is_url_only() {
            assert!(data.as_str().unwrap().starts_with(&sandbox.url()), "{name}: {data}");
            continue;
        }
        let expected = if response.get("statusCode").is_some() { &response["data"] } else { response };
        assert!(has_handler || contains(&data, expected), "{name}: {data:#} lacks parts of {expected:#}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn trace_of_every_operation_shows_no_secret() {
    let openapi = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi");
    let apis = [(None, Api::Authentication), (Some("management"), Api::Management)];
    let operations = apis.iter().flat_map(|(prefix, api)| {
        let document = genauth_codegen::canary_document(genauth_codegen::read(&openapi, *api).unwrap(), *api).unwrap();
        operations(*prefix, &serde_json::from_str(&document).unwrap())
    });
    let mut printed = 0;
    for operation in operations {
        let Operation { command, arguments, response, .. } = &operation;
        let (name, arguments) = (command.join(" "), arguments.to_string());
        let response = response.as_str().map_or_else(|| response.to_string(), ToOwned::to_owned);
        let server = RawServer::responding(json("200 OK", &response)).await;
        let outcome = Outcome::of(
            genauth(command.iter().map(String::as_str).chain(["-v", "--json", &arguments]))
                .env("GENAUTH_MANAGEMENT_HOST", server.url())
                .env("GENAUTH_ACCESS_KEY_ID", "a-key")
                .env("GENAUTH_ACCESS_KEY_SECRET", format!("{CANARY}-key-secret"))
                .env("GENAUTH_ACCESS_KEY_AUTH", "signature")
                .env("GENAUTH_APP_HOST", server.url())
                .env("GENAUTH_APP_ID", "an-app")
                .env("GENAUTH_APP_SECRET", format!("{CANARY}-app-secret"))
                .env("GENAUTH_ACCESS_TOKEN", format!("{CANARY}-access-token")),
        );
        assert_eq!(outcome.status, 0, "{name}: {}", outcome.stderr);
        let is_traced = outcome.stderr.contains(&command[command.len() - 1].replace('-', "_"));
        assert!(is_traced != operation.is_url_only(), "{name}: {}", outcome.stderr);
        assert!(!outcome.stderr.contains(CANARY), "{name}: {}", outcome.stderr);
        printed += usize::from(outcome.stdout.contains(CANARY));
    }
    assert!(printed > 10, "only {printed} responses with secrets were printed on standard output");
}
