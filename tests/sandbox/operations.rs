//! Whatever the description holds, the sandbox answers it, and asks for the credentials that it names.

use std::collections::BTreeSet;

use genauth::sandbox::Sandbox;
use reqwest::header::AUTHORIZATION;
use serde_json::{Value, json};

const APP_ID: &str = "64f1c0ffee5d2a0012ab34cd";
const APP_SECRET: &str = "8f1d4c0b7a6e4f0c9d2b3a5e6f708192";

/// An operation, with a request made of the description's examples.
struct Operation {
    method: reqwest::Method,
    path: String,
    query: Vec<(String, String)>,
    body: Option<Value>,
    tag: String,
    credentials: Value,
    behaviour: bool,
    example: Value,
}

impl Operation {
    fn new(document: &Value, path: &str, method: &str, spec: &Value) -> Self {
        let (mut path, mut query) = (path.to_owned(), Vec::new());
        for parameter in spec["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap();
            let text = match &parameter["example"] {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            match parameter["in"].as_str().unwrap() {
                "path" => path = path.replace(&format!("{{{name}}}"), &text),
                "query" if parameter["required"] == true => query.push((name.to_owned(), text)),
                _ => {}
            }
        }
        Self {
            method: method.to_uppercase().parse().unwrap(),
            path,
            query,
            body: spec["requestBody"]["content"]["application/json"].get("example").cloned(),
            tag: spec["tags"][0].as_str().unwrap().to_owned(),
            credentials: spec.get("security").unwrap_or(&document["security"])[0].clone(),
            behaviour: spec.get("x-genauth-sandbox").is_some(),
            example: spec["responses"]["200"]["content"]["application/json"]["example"].clone(),
        }
    }

    fn asks_for(&self, scheme: &str) -> bool {
        self.credentials.get(scheme).is_some()
    }

    /// Sends the request and returns the answer.
    async fn send(&self, http: &reqwest::Client, sandbox: &Sandbox, authorization: Option<&str>) -> Value {
        let mut request = http
            .request(self.method.clone(), sandbox.url() + &self.path)
            .query(&self.query)
            .header("x-genauth-app-id", APP_ID);
        if let Some(authorization) = authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        if let Some(body) = &self.body {
            request = request.json(body);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200, "{} {}", self.method, self.path);
        answer.json().await.unwrap()
    }
}

fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(genauth::OPENAPI).unwrap();
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, spec) in methods.as_object().unwrap() {
            // `tests/events` is about those.
            if spec.get("x-genauth-socket").is_some() {
                continue;
            }
            operations.push(Operation::new(&document, path, method, spec));
        }
    }
    assert!(operations.len() >= 123, "only {} operations", operations.len());
    operations
}

/// `Basic` credentials, in the form that a header has.
fn basic(id: &str, secret: &str) -> String {
    use base64::prelude::{BASE64_STANDARD, Engine};
    format!("Basic {}", BASE64_STANDARD.encode(format!("{id}:{secret}")))
}

#[tokio::test]
async fn a_signed_in_user_is_answered_by_every_operation() {
    let (http, sandbox) = (reqwest::Client::new(), Sandbox::start().await.unwrap());
    let bearer = format!("Bearer {}", sandbox.issue_access_token());
    let basic = basic(APP_ID, APP_SECRET);
    let (mut tags, mut answered) = (BTreeSet::new(), BTreeSet::new());
    for operation in operations() {
        let authorization = match () {
            () if operation.asks_for("accessToken") => Some(bearer.as_str()),
            () if operation.asks_for("appSecret") => Some(basic.as_str()),
            () => None,
        };
        let answer = operation.send(&http, &sandbox, authorization).await;
        if !operation.behaviour {
            assert_eq!(answer, operation.example, "{} {}", operation.method, operation.path);
        }
        assert_ne!(answer["statusCode"], 401, "{} {answer}", operation.path);
        if answer["statusCode"] == 200 {
            answered.insert(operation.tag.clone());
        }
        tags.insert(operation.tag);
    }
    // These answer without envelope.
    answered.insert("wechat-mobile".to_owned());
    assert_eq!(answered, tags, "nothing of some tag succeeds");
}

#[tokio::test]
async fn every_operation_that_asks_for_an_access_token_refuses_without_a_good_one() {
    let (http, sandbox) = (reqwest::Client::new(), Sandbox::start().await.unwrap());
    let elsewhere = format!("Bearer {}", Sandbox::start().await.unwrap().issue_access_token());
    let mut asked = 0;
    for operation in operations().iter().filter(|operation| operation.asks_for("accessToken")) {
        for authorization in [None, Some("Bearer made-up"), Some("Bearer"), Some(elsewhere.as_str())] {
            let answer = operation.send(&http, &sandbox, authorization).await;
            let refused = (&answer["statusCode"], &answer["apiCode"]);
            assert_eq!(refused, (&json!(401), &json!(2020)), "{authorization:?}: {} {answer}", operation.path);
        }
        asked += 1;
    }
    assert!(asked >= 70, "only {asked} operations ask for one");
}

#[tokio::test]
async fn the_application_proves_itself_in_the_header_or_in_the_body() {
    let (http, sandbox) = (reqwest::Client::new(), Sandbox::start().await.unwrap());
    let (right, wrong) = (basic(APP_ID, APP_SECRET), basic(APP_ID, "wrong"));
    let mut asked = 0;
    for mut operation in operations().into_iter().filter(|operation| operation.asks_for("appSecret")) {
        for (header, in_body, is_let_in) in [
            (None, None, false),
            (None, Some("wrong"), false),
            (Some(&wrong), None, false),
            (Some(&wrong), Some(APP_SECRET), false),
            (Some(&right), None, true),
            (None, Some(APP_SECRET), true),
        ] {
            let body = operation.body.as_mut().unwrap().as_object_mut().unwrap();
            body.remove("client_id");
            body.remove("client_secret");
            if let Some(secret) = in_body {
                body.insert("client_id".to_owned(), APP_ID.into());
                body.insert("client_secret".to_owned(), secret.into());
            }
            let answer = operation.send(&http, &sandbox, header.map(String::as_str)).await;
            let path = &operation.path;
            assert_eq!(answer["statusCode"] != 401, is_let_in, "{path} {header:?} {in_body:?}: {answer}");
        }
        asked += 1;
    }
    assert!(asked >= 3, "only {asked} operations ask for it");
}

#[tokio::test]
async fn wrong_application_credentials_are_refused_everywhere() {
    let (http, sandbox) = (reqwest::Client::new(), Sandbox::start().await.unwrap());
    let unasked = operations().into_iter().find(|operation| operation.tag == "wechat").unwrap();
    for authorization in ["Basic", "Basic !", &basic("another-app", APP_SECRET), &basic(APP_ID, "wrong")] {
        let answer = unasked.send(&http, &sandbox, Some(authorization)).await;
        assert_eq!(answer["statusCode"], 401, "{authorization}: {answer}");
    }
    let answer = unasked.send(&http, &sandbox, Some(&basic(APP_ID, APP_SECRET))).await;
    assert_eq!(answer["statusCode"], 200, "{answer}");
}

#[test]
fn nothing_that_the_sandbox_holds_is_printed() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let sandbox = runtime.block_on(Sandbox::start()).unwrap();
    let token = sandbox.issue_access_token();
    assert!(!format!("{sandbox:?}").contains(&token));
}
