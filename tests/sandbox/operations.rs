//! Whatever the description holds, the sandbox answers it, and asks for the credentials that it names.

use std::collections::{BTreeMap, BTreeSet};

use genauth::sandbox::Sandbox;
use reqwest::header::{AUTHORIZATION, HeaderMap, WWW_AUTHENTICATE};
use serde_json::{Value, json};

const APP_ID: &str = "64f1c0ffee5d2a0012ab34cd";
const APP_SECRET: &str = "8f1d4c0b7a6e4f0c9d2b3a5e6f708192";

/// An operation, with a request made of the description's examples.
struct Operation {
    method: reqwest::Method,
    path: String,
    query: Vec<(String, String)>,
    /// The body, and whether it goes as a form.
    body: Option<(Value, bool)>,
    tag: String,
    credentials: Value,
    behaviour: bool,
    is_address: bool,
    /// The example of its answer, as text; none if the answer is empty.
    example: Option<String>,
}

/// An answer, whatever its form.
struct Answer {
    status: u16,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    /// Whether the operation was done, and not refused in its own form.
    fn is_done(&self) -> bool {
        let json = self.json();
        (200..400).contains(&self.status) && json.get("statusCode").is_none_or(|status| *status == 200)
    }

    /// Whether the credentials were refused, in the form that the operation has for that.
    fn is_unauthorized(&self) -> bool {
        self.status == 401 || self.json()["statusCode"] == 401
    }
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
        let body =
            |media: &str, is_form| Some((spec["requestBody"]["content"][media].get("example")?.clone(), is_form));
        let answers = &spec["responses"]["200"]["content"];
        let json = answers["application/json"].get("example").map(Value::to_string);
        Self {
            method: method.to_uppercase().parse().unwrap(),
            path,
            query,
            body: body("application/json", false).or_else(|| body("application/x-www-form-urlencoded", true)),
            tag: spec["tags"][0].as_str().unwrap().to_owned(),
            credentials: spec.get("security").unwrap_or(&document["security"])[0].clone(),
            behaviour: spec.get("x-genauth-sandbox").is_some(),
            is_address: spec["x-genauth-url-only"] == true,
            example: json.or_else(|| answers["text/plain"]["example"].as_str().map(ToOwned::to_owned)),
        }
    }

    fn asks_for(&self, scheme: &str) -> bool {
        self.credentials.get(scheme).is_some()
    }

    /// Sends the request and returns the answer.
    async fn send(&self, http: &reqwest::Client, sandbox: &Sandbox, authorization: Option<&str>) -> Answer {
        let mut request = http
            .request(self.method.clone(), sandbox.url() + &self.path)
            .query(&self.query)
            .header("x-genauth-app-id", APP_ID);
        if let Some(authorization) = authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        request = match &self.body {
            Some((body, true)) => request.form(body),
            Some((body, false)) => request.json(body),
            None => request,
        };
        let answer = request.send().await.unwrap();
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        Answer { status, headers, text: answer.text().await.unwrap() }
    }
}

fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(genauth::OPENAPI).unwrap();
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, spec) in methods.as_object().unwrap() {
            // `tests/events` is about those.
            if spec.get("x-genauth-websocket").is_some() {
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
    let (mut tags, mut done) = (BTreeSet::new(), BTreeSet::new());
    for operation in operations() {
        let authorization = match () {
            () if operation.asks_for("accessToken") => Some(bearer.as_str()),
            () if operation.asks_for("appSecret") || operation.asks_for("oauthClient") => Some(basic.as_str()),
            () => None,
        };
        let answer = operation.send(&http, &sandbox, authorization).await;
        let (path, text) = (&operation.path, &answer.text);
        assert!(!answer.is_unauthorized(), "{path} {text}");
        if operation.is_address {
            assert_eq!(answer.headers["content-type"], "text/html; charset=utf-8", "{path}");
        } else if !operation.behaviour {
            assert_eq!(Some(text), operation.example.as_ref(), "{} {path}", operation.method);
        }
        if answer.is_done() {
            done.insert(operation.tag.clone());
        }
        tags.insert(operation.tag);
    }
    assert_eq!(done, tags, "nothing of some tag succeeds");
}

#[tokio::test]
async fn every_operation_that_asks_for_an_access_token_refuses_without_a_good_one() {
    let (http, sandbox) = (reqwest::Client::new(), Sandbox::start().await.unwrap());
    let elsewhere = format!("Bearer {}", Sandbox::start().await.unwrap().issue_access_token());
    let mut asked = BTreeMap::from([(200, 0), (401, 0)]);
    for operation in operations().iter().filter(|operation| operation.asks_for("accessToken")) {
        for authorization in [None, Some("Bearer made-up"), Some("Bearer"), Some(elsewhere.as_str())] {
            let answer = operation.send(&http, &sandbox, authorization).await;
            let (path, json) = (&operation.path, answer.json());
            if answer.status == 200 {
                let refused = (&json["statusCode"], &json["apiCode"]);
                assert_eq!(refused, (&json!(401), &json!(2020)), "{authorization:?}: {path} {json}");
            } else {
                assert_eq!(json["error"], "invalid_token", "{authorization:?}: {path} {json}");
                let challenge = answer.headers[WWW_AUTHENTICATE].to_str().unwrap();
                assert!(challenge.starts_with("Bearer "), "{path}: {challenge}");
            }
            *asked.get_mut(&answer.status).unwrap() += 1;
        }
    }
    assert!(asked[&200] >= 70 * 4 && asked[&401] >= 2 * 4, "only so many operations ask for one: {asked:?}");
}

#[tokio::test]
async fn every_operation_that_asks_for_an_oauth_client_takes_its_secret_or_its_id_alone() {
    let (http, sandbox) = (reqwest::Client::new(), Sandbox::start().await.unwrap());
    let (right, wrong) = (basic(APP_ID, APP_SECRET), basic(APP_ID, "wrong"));
    let mut asked = 0;
    for mut operation in operations().into_iter().filter(|operation| operation.asks_for("oauthClient")) {
        for (header, id, secret, expected) in [
            (None, None, None, Some("invalid_client")),
            (None, None, Some(APP_SECRET), Some("invalid_client")),
            (None, Some("another-app"), None, Some("invalid_client")),
            (None, Some(APP_ID), Some("wrong"), Some("invalid_client")),
            (Some(&wrong), None, None, Some("invalid_client")),
            (Some(&right), Some(APP_ID), Some(APP_SECRET), Some("invalid_request")),
            (Some(&right), None, None, None),
            (None, Some(APP_ID), Some(APP_SECRET), None),
            (None, Some(APP_ID), None, None),
        ] {
            let body = operation.body.as_mut().unwrap().0.as_object_mut().unwrap();
            for (name, value) in [("client_id", id), ("client_secret", secret)] {
                body.remove(name);
                body.extend(value.map(|value| (name.to_owned(), value.into())));
            }
            let answer = operation.send(&http, &sandbox, header.map(String::as_str)).await;
            let (path, json) = (&operation.path, answer.json());
            match expected {
                Some(error) => assert_eq!(json["error"], error, "{path} {header:?} {id:?} {secret:?}: {json}"),
                None => assert!(!answer.is_unauthorized(), "{path} {header:?} {id:?} {secret:?}: {json}"),
            }
            if expected == Some("invalid_client") {
                assert_eq!(answer.status, 401, "{path}");
                assert!(answer.headers[WWW_AUTHENTICATE].to_str().unwrap().starts_with("Basic "), "{path}");
            }
        }
        asked += 1;
    }
    assert!(asked >= 6, "only {asked} operations ask for one");
}

#[tokio::test]
async fn forms_are_checked_against_the_description() {
    let (http, sandbox) = (reqwest::Client::new(), Sandbox::start().await.unwrap());
    let basic = basic(APP_ID, APP_SECRET);
    let mut asked = 0;
    for operation in operations().iter().filter(|operation| matches!(operation.body, Some((_, true)))) {
        for (content_type, body) in [
            ("application/x-www-form-urlencoded", ""),
            ("application/x-www-form-urlencoded", "token=&grant_type="),
            ("application/x-www-form-urlencoded", "token=a&token=a&grant_type=password&grant_type=password"),
            ("application/json", r#"{"token":"a","grant_type":"password"}"#),
        ] {
            let request = http.post(sandbox.url() + &operation.path).header(AUTHORIZATION, &basic);
            let answer = request.header("content-type", content_type).body(body).send().await.unwrap();
            assert_eq!(answer.status(), 400, "{} {body}", operation.path);
            let json: Value = answer.json().await.unwrap();
            assert_eq!(json["error"], "invalid_request", "{} {body}: {json}", operation.path);
            assert!(json["error_description"].is_string(), "{json}");
        }
        asked += 1;
    }
    assert!(asked >= 6, "only {asked} operations take a form");
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
            let body = operation.body.as_mut().unwrap().0.as_object_mut().unwrap();
            body.remove("client_id");
            body.remove("client_secret");
            if let Some(secret) = in_body {
                body.insert("client_id".to_owned(), APP_ID.into());
                body.insert("client_secret".to_owned(), secret.into());
            }
            let answer = operation.send(&http, &sandbox, header.map(String::as_str)).await;
            let (path, text) = (&operation.path, &answer.text);
            assert_eq!(!answer.is_unauthorized(), is_let_in, "{path} {header:?} {in_body:?}: {text}");
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
        assert!(answer.is_unauthorized(), "{authorization}: {}", answer.text);
    }
    let answer = unasked.send(&http, &sandbox, Some(&basic(APP_ID, APP_SECRET))).await;
    assert!(answer.is_done(), "{}", answer.text);
}

#[test]
fn nothing_that_the_sandbox_holds_is_printed() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let sandbox = runtime.block_on(Sandbox::start()).unwrap();
    let token = sandbox.issue_access_token();
    assert!(!format!("{sandbox:?}").contains(&token));
}
