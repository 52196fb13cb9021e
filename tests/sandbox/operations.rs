//! The sandbox responds to every operation of the OpenAPI document, and requires its credentials.

use std::collections::{BTreeMap, BTreeSet};

use genauth::sandbox::Sandbox;
use reqwest::header::{AUTHORIZATION, HeaderMap, WWW_AUTHENTICATE};
use serde_json::{Value, json};

const APP_ID: &str = "64f1c0ffee5d2a0012ab34cd";
const APP_SECRET: &str = "8f1d4c0b7a6e4f0c9d2b3a5e6f708192";

/// An operation, with a request made of the OpenAPI document's examples.
struct Operation {
    method: reqwest::Method,
    path: String,
    query: Vec<(String, String)>,
    /// The body, and whether it is a form.
    body: Option<(Value, bool)>,
    tag: String,
    credentials: Value,
    has_handler: bool,
    is_url_only: bool,
    /// The example of the response; none if the response is empty.
    example: Option<String>,
}

/// A response in any format.
struct Response {
    status: u16,
    headers: HeaderMap,
    text: String,
}

impl Response {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    /// Whether the request was not rejected.
    fn is_success(&self) -> bool {
        let json = self.json();
        (200..400).contains(&self.status) && json.get("statusCode").is_none_or(|status| *status == 200)
    }

    /// Whether the credentials were rejected, in the envelope or by OAuth.
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
        let content = &spec["responses"]["200"]["content"];
        let json = content["application/json"].get("example").map(Value::to_string);
        Self {
            method: method.to_uppercase().parse().unwrap(),
            path,
            query,
            body: body("application/json", false).or_else(|| body("application/x-www-form-urlencoded", true)),
            tag: spec["tags"][0].as_str().unwrap().to_owned(),
            credentials: spec.get("security").unwrap_or(&document["security"])[0].clone(),
            has_handler: spec.get("x-genauth-sandbox").is_some(),
            is_url_only: spec["x-genauth-url-only"] == true,
            example: json.or_else(|| content["text/plain"]["example"].as_str().map(ToOwned::to_owned)),
        }
    }

    fn requires(&self, scheme: &str) -> bool {
        self.credentials.get(scheme).is_some()
    }

    /// Sends the request.
    async fn send(&self, http: &reqwest::Client, sandbox: &Sandbox, authorization: Option<&str>) -> Response {
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
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Response { status, headers, text: response.text().await.unwrap() }
    }
}

fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(genauth::OPENAPI).unwrap();
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, spec) in methods.as_object().unwrap() {
            // `tests/events` tests them.
            if spec.get("x-genauth-websocket").is_some() {
                continue;
            }
            operations.push(Operation::new(&document, path, method, spec));
        }
    }
    assert!(operations.len() >= 123, "only {} operations", operations.len());
    operations
}

/// The value of a `Basic` header.
fn basic(id: &str, secret: &str) -> String {
    use base64::prelude::{BASE64_STANDARD, Engine};
    format!("Basic {}", BASE64_STANDARD.encode(format!("{id}:{secret}")))
}

#[tokio::test]
async fn every_operation_responds_to_its_example() {
    let (http, sandbox) = (reqwest::Client::new(), Sandbox::start().await.unwrap());
    let bearer = format!("Bearer {}", sandbox.issue_access_token());
    let basic = basic(APP_ID, APP_SECRET);
    let (mut tags, mut succeeded) = (BTreeSet::new(), BTreeSet::new());
    for operation in operations() {
        let authorization = match () {
            () if operation.requires("accessToken") => Some(bearer.as_str()),
            () if operation.requires("appSecret") || operation.requires("oauthClient") => Some(basic.as_str()),
            () => None,
        };
        let response = operation.send(&http, &sandbox, authorization).await;
        let (path, text) = (&operation.path, &response.text);
        assert!(!response.is_unauthorized(), "{path} {text}");
        if operation.is_url_only {
            assert_eq!(response.headers["content-type"], "text/html; charset=utf-8", "{path}");
        } else if !operation.has_handler {
            assert_eq!(Some(text), operation.example.as_ref(), "{} {path}", operation.method);
        }
        if response.is_success() {
            succeeded.insert(operation.tag.clone());
        }
        tags.insert(operation.tag);
    }
    assert_eq!(succeeded, tags, "no operation of some tag succeeds");
}

#[tokio::test]
async fn access_token_is_required_and_checked() {
    let (http, sandbox) = (reqwest::Client::new(), Sandbox::start().await.unwrap());
    let of_other_sandbox = format!("Bearer {}", Sandbox::start().await.unwrap().issue_access_token());
    let mut rejected = BTreeMap::from([(200, 0), (401, 0)]);
    for operation in operations().iter().filter(|operation| operation.requires("accessToken")) {
        for authorization in [None, Some("Bearer unknown"), Some("Bearer"), Some(of_other_sandbox.as_str())] {
            let response = operation.send(&http, &sandbox, authorization).await;
            let (path, json) = (&operation.path, response.json());
            if response.status == 200 {
                let error = (&json["statusCode"], &json["apiCode"]);
                assert_eq!(error, (&json!(401), &json!(2020)), "{authorization:?}: {path} {json}");
            } else {
                assert_eq!(json["error"], "invalid_token", "{authorization:?}: {path} {json}");
                let challenge = response.headers[WWW_AUTHENTICATE].to_str().unwrap();
                assert!(challenge.starts_with("Bearer "), "{path}: {challenge}");
            }
            *rejected.get_mut(&response.status).unwrap() += 1;
        }
    }
    assert!(rejected[&200] >= 70 * 4 && rejected[&401] >= 2 * 4, "too few operations require one: {rejected:?}");
}

#[tokio::test]
async fn oauth_client_authenticates_with_secret_or_id_alone() {
    let (http, sandbox) = (reqwest::Client::new(), Sandbox::start().await.unwrap());
    let (right, wrong) = (basic(APP_ID, APP_SECRET), basic(APP_ID, "wrong"));
    let mut tested = 0;
    for mut operation in operations().into_iter().filter(|operation| operation.requires("oauthClient")) {
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
            let response = operation.send(&http, &sandbox, header.map(String::as_str)).await;
            let (path, json) = (&operation.path, response.json());
            match expected {
                Some(error) => assert_eq!(json["error"], error, "{path} {header:?} {id:?} {secret:?}: {json}"),
                None => assert!(!response.is_unauthorized(), "{path} {header:?} {id:?} {secret:?}: {json}"),
            }
            if expected == Some("invalid_client") {
                assert_eq!(response.status, 401, "{path}");
                assert!(response.headers[WWW_AUTHENTICATE].to_str().unwrap().starts_with("Basic "), "{path}");
            }
        }
        tested += 1;
    }
    assert!(tested >= 6, "only {tested} operations require one");
}

#[tokio::test]
async fn invalid_form_is_rejected_with_oauth_error() {
    let (http, sandbox) = (reqwest::Client::new(), Sandbox::start().await.unwrap());
    let basic = basic(APP_ID, APP_SECRET);
    let mut tested = 0;
    for operation in operations().iter().filter(|operation| matches!(operation.body, Some((_, true)))) {
        for (content_type, body) in [
            ("application/x-www-form-urlencoded", ""),
            ("application/x-www-form-urlencoded", "token=&grant_type="),
            ("application/x-www-form-urlencoded", "token=a&token=a&grant_type=password&grant_type=password"),
            ("application/json", r#"{"token":"a","grant_type":"password"}"#),
        ] {
            let request = http.post(sandbox.url() + &operation.path).header(AUTHORIZATION, &basic);
            let response = request.header("content-type", content_type).body(body).send().await.unwrap();
            assert_eq!(response.status(), 400, "{} {body}", operation.path);
            let json: Value = response.json().await.unwrap();
            assert_eq!(json["error"], "invalid_request", "{} {body}: {json}", operation.path);
            assert!(json["error_description"].is_string(), "{json}");
        }
        tested += 1;
    }
    assert!(tested >= 6, "only {tested} operations have a form");
}

#[tokio::test]
async fn application_authenticates_in_header_or_body() {
    let (http, sandbox) = (reqwest::Client::new(), Sandbox::start().await.unwrap());
    let (right, wrong) = (basic(APP_ID, APP_SECRET), basic(APP_ID, "wrong"));
    let mut tested = 0;
    for mut operation in operations().into_iter().filter(|operation| operation.requires("appSecret")) {
        for (header, in_body, is_valid) in [
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
            let response = operation.send(&http, &sandbox, header.map(String::as_str)).await;
            let (path, text) = (&operation.path, &response.text);
            assert_eq!(!response.is_unauthorized(), is_valid, "{path} {header:?} {in_body:?}: {text}");
        }
        tested += 1;
    }
    assert!(tested >= 3, "only {tested} operations require it");
}

#[tokio::test]
async fn wrong_application_credentials_are_rejected_where_not_required() {
    let (http, sandbox) = (reqwest::Client::new(), Sandbox::start().await.unwrap());
    let operation = operations().into_iter().find(|operation| operation.tag == "wechat").unwrap();
    for authorization in ["Basic", "Basic !", &basic("another-app", APP_SECRET), &basic(APP_ID, "wrong")] {
        let response = operation.send(&http, &sandbox, Some(authorization)).await;
        assert!(response.is_unauthorized(), "{authorization}: {}", response.text);
    }
    let response = operation.send(&http, &sandbox, Some(&basic(APP_ID, APP_SECRET))).await;
    assert!(response.is_success(), "{}", response.text);
}

#[test]
fn debug_shows_no_state() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let sandbox = runtime.block_on(Sandbox::start()).unwrap();
    let token = sandbox.issue_access_token();
    assert!(!format!("{sandbox:?}").contains(&token));
}
