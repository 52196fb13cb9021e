//! Every operation of the description is a command.

use genauth::sandbox::Sandbox;
use serde_json::{Map, Value};

use crate::genauth_command::{Said, genauth};
use crate::raw_server::{RawServer, json};

/// The description with a mark in every secret of its examples.
const MARKED: &str = include_str!(concat!(env!("OUT_DIR"), "/marked.json"));
const MARK: &str = "ZQXJ";

/// An operation's name, its example request, the media type of its answer, and the whole of it.
fn operations(document: &str) -> Vec<(String, Value, Value, Value)> {
    let document: Value = serde_json::from_str(document).unwrap();
    let paths = document["paths"].as_object().unwrap().values();
    let operations = paths.flat_map(|methods| methods.as_object().unwrap().values());
    // Lines over which events come are no calls.
    let calls = operations.filter(|spec| spec.get("x-genauth-websocket").is_none());
    calls
        .map(|spec| {
            let parameters = spec["parameters"].as_array().into_iter().flatten();
            let parameters = parameters.filter(|parameter| parameter.get("x-genauth-client-supplied").is_none());
            let mut fields: Map<_, _> =
                parameters.filter_map(|p| Some((p["name"].as_str()?.to_owned(), p.get("example")?.clone()))).collect();
            fields.extend(media(&spec["requestBody"])["example"].as_object().cloned().unwrap_or_default());
            let responses = &spec["responses"];
            let answer = media(responses.get("200").unwrap_or(&responses["2XX"])).clone();
            let name = spec["operationId"].as_str().unwrap().replace('_', "-");
            (name, fields.into(), answer, spec.clone())
        })
        .collect()
}

fn media(holder: &Value) -> &Value {
    holder["content"].as_object().and_then(|content| content.values().next()).unwrap_or(&Value::Null)
}

/// Whether `value` has all of `expected` that is something.
fn has(value: &Value, expected: &Value) -> bool {
    match (value, expected) {
        (_, Value::Null) => true,
        (Value::Object(members), Value::Object(expected)) => {
            expected.iter().all(|(name, expected)| has(members.get(name).unwrap_or(&Value::Null), expected))
        }
        (Value::Array(items), Value::Array(expected)) => {
            items.len() == expected.len() && items.iter().zip(expected).all(|(item, expected)| has(item, expected))
        }
        (Value::Null, Value::Object(expected)) => expected.is_empty(),
        (Value::Null, Value::Array(expected)) => expected.is_empty(),
        _ => value == expected,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_operation_is_a_command_that_takes_its_example() {
    let sandbox = Sandbox::start().await.unwrap();
    let operations = operations(genauth::OPENAPI);
    let listed = Said::by(&mut genauth(["list", "--output", "json"])).json();
    let listed: Vec<_> = listed.as_array().unwrap().iter().map(|o| o["operation"].as_str().unwrap()).collect();
    assert_eq!(listed, operations.iter().map(|(name, ..)| name.as_str()).collect::<Vec<_>>());

    for (name, example, answer, spec) in &operations {
        let behaves = spec.get("x-genauth-sandbox").is_some();
        let said = Said::by(
            genauth([name.as_str(), "--json", &example.to_string(), "--output", "json"])
                .env("GENAUTH_APP_HOST", sandbox.url())
                .env("GENAUTH_APP_ID", sandbox.app_id())
                .env("GENAUTH_APP_SECRET", sandbox.app_secret())
                .env("GENAUTH_ACCESS_TOKEN", sandbox.issue_access_token()),
        );
        // What the sandbox does rather than answer with the example may be to refuse the example.
        if behaves && said.status == 1 {
            let error: Value = serde_json::from_str(&said.err).unwrap();
            assert!(["api", "oauth"].contains(&error["kind"].as_str().unwrap()), "{name}: {}", said.err);
            continue;
        }
        let data = said.json();
        if spec["x-genauth-url-only"] == true {
            assert!(data.as_str().unwrap().starts_with(&sandbox.url()), "{name}: {data}");
            continue;
        }
        let example = &answer["example"];
        let expected = if example.get("statusCode").is_some() { &example["data"] } else { example };
        assert!(behaves || has(&data, expected), "{name}: {data:#} is not {expected:#}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_trace_of_an_operation_shows_no_secret() {
    let operations = operations(MARKED);
    let mut shown = 0;
    for (name, example, answer, spec) in &operations {
        let example_answer = &answer["example"];
        let text = example_answer.as_str().map_or_else(|| example_answer.to_string(), ToOwned::to_owned);
        let server = RawServer::answering(json("200 OK", &text)).await;
        let said = Said::by(
            genauth([name.as_str(), "-v", "--json", &example.to_string()])
                .env("GENAUTH_APP_HOST", server.url())
                .env("GENAUTH_APP_ID", "an-app")
                .env("GENAUTH_APP_SECRET", format!("{MARK}-app-secret"))
                .env("GENAUTH_ACCESS_TOKEN", format!("{MARK}-access-token")),
        );
        assert_eq!(said.status, 0, "{name}: {}", said.err);
        let is_traced = said.err.contains(&name.replace('-', "_"));
        assert!(is_traced != (spec["x-genauth-url-only"] == true), "{name}: {}", said.err);
        assert!(!said.err.contains(MARK), "{name}: {}", said.err);
        shown += usize::from(said.out.contains(MARK));
    }
    assert!(shown > 10, "secrets of answers are for standard output");
}
