//! `genauth events`: events as lines of JSON.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use genauth::sandbox::Sandbox;
use serde_json::{Value, json};

use crate::genauth_command::{Said, genauth};

const CODE: &str = "custom.order-paid";

/// One that runs on a sandbox.
struct Listener(Child);

impl Listener {
    fn start(sandbox: &Sandbox) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_genauth"));
        command.args(["events", CODE]).env_clear().env("XDG_CONFIG_HOME", "/nowhere");
        command.env("GENAUTH_APP_HOST", sandbox.url()).env("GENAUTH_EVENTS_HOST", sandbox.events_url());
        command.env("GENAUTH_APP_ID", sandbox.app_id()).env("GENAUTH_ACCESS_TOKEN", sandbox.issue_access_token());
        Self(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn events_come_as_lines_and_gaps_are_told() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap().with_access_token(sandbox.issue_access_token());
    let mut listener = Listener::start(&sandbox);
    let mut events = BufReader::new(listener.0.stdout.take().unwrap()).lines();
    let mut told = BufReader::new(listener.0.stderr.take().unwrap()).lines();

    assert_eq!(told.next().unwrap().unwrap(), "connected");
    for number in [1, 2] {
        client.put_event(CODE, &json!({ "order": number, "text": "two\nlines" })).await.unwrap();
        let event: Value = serde_json::from_str(&events.next().unwrap().unwrap()).unwrap();
        assert!(event.to_string().contains(&format!(r#""order":{number}"#)), "{event}");
    }
    sandbox.drop_event_connections();
    for expected in ["the line is lost: ", "connected", "events may be missing from 20"] {
        let line = told.next().unwrap().unwrap();
        assert!(line.starts_with(expected), "{line}");
    }

    let pid = listener.0.id().to_string();
    assert!(Command::new("kill").args(["-s", "INT", &pid]).status().unwrap().success());
    assert_eq!(listener.0.wait().unwrap().code(), Some(0));
    assert!(events.next().is_none() && told.next().is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_refusal_ends_it() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut command = genauth(["events", CODE]);
    command.env("GENAUTH_APP_HOST", sandbox.url()).env("GENAUTH_EVENTS_HOST", sandbox.events_url());
    command.env("GENAUTH_APP_ID", sandbox.app_id());
    let said = Said::by(command.env("GENAUTH_ACCESS_TOKEN", "made-up"));
    assert!(said.failure(1).contains("the access token is not valid"), "{}", said.err);
    assert!(!said.err.contains("made-up"), "{}", said.err);

    let said = Said::by(&mut genauth(["events", CODE, "--sandbox"]));
    assert!(said.failure(2).contains("run `genauth sandbox`"), "{}", said.err);
}
