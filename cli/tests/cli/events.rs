//! `genauth events`.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use genauth::sandbox::Sandbox;
use serde_json::{Value, json};

use crate::command::{Outcome, genauth};

const EVENT_TYPE: &str = "custom.order-paid";

/// The command, connected to a sandbox.
struct Listener(Child);

impl Listener {
    fn start(sandbox: &Sandbox) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_genauth"));
        command.args(["events", EVENT_TYPE]).env_clear().env("XDG_CONFIG_HOME", "/nonexistent");
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
async fn events_are_printed_as_json_lines_and_gaps_reported() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap().with_access_token(sandbox.issue_access_token());
    let mut listener = Listener::start(&sandbox);
    let mut events = BufReader::new(listener.0.stdout.take().unwrap()).lines();
    let mut notes = BufReader::new(listener.0.stderr.take().unwrap()).lines();

    assert_eq!(notes.next().unwrap().unwrap(), "event stream connected");
    for number in [1, 2] {
        client.put_event(EVENT_TYPE, &json!({ "order": number, "text": "two\nlines" })).await.unwrap();
        let event: Value = serde_json::from_str(&events.next().unwrap().unwrap()).unwrap();
        assert!(event.to_string().contains(&format!(r#""order":{number}"#)), "{event}");
    }
    sandbox.drop_event_connections();
    for expected in ["event stream disconnected: ", "event stream connected", "events may be missing from 20"] {
        let line = notes.next().unwrap().unwrap();
        assert!(line.starts_with(expected), "{line}");
    }

    let pid = listener.0.id().to_string();
    assert!(Command::new("kill").args(["-s", "INT", &pid]).status().unwrap().success());
    assert_eq!(listener.0.wait().unwrap().code(), Some(0));
    assert!(events.next().is_none() && notes.next().is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn rejected_subscription_exits_with_1() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut command = genauth(["events", EVENT_TYPE]);
    command.env("GENAUTH_APP_HOST", sandbox.url()).env("GENAUTH_EVENTS_HOST", sandbox.events_url());
    command.env("GENAUTH_APP_ID", sandbox.app_id());
    let outcome = Outcome::of(command.env("GENAUTH_ACCESS_TOKEN", "made-up"));
    assert!(outcome.failure(1).contains("the access token is not valid"), "{}", outcome.stderr);
    assert!(!outcome.stderr.contains("made-up"), "{}", outcome.stderr);

    let outcome = Outcome::of(&mut genauth(["events", EVENT_TYPE, "--sandbox"]));
    assert!(outcome.failure(2).contains("run `genauth sandbox`"), "{}", outcome.stderr);
}
