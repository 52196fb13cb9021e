//! `genauth sandbox`.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use genauth::AuthenticationClient;

use crate::command::{Outcome, genauth};

/// A running sandbox, with the environment variables that it printed.
struct Server {
    process: Child,
    variables: HashMap<String, String>,
}

impl Server {
    fn start() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_genauth"));
        let mut process = command.args(["sandbox", "--port", "0"]).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(process.stdout.as_mut().unwrap()).lines().take(9);
        let variables = lines.map(|line| {
            let line = line.unwrap();
            let (name, value) = line.split_once('=').unwrap();
            (name.to_owned(), value.to_owned())
        });
        Self { variables: variables.collect(), process }
    }

    /// Sends it a signal, and returns its exit status.
    fn stop(mut self, signal: &str) -> Option<i32> {
        let pid = self.process.id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &pid]).status().unwrap().success());
        self.process.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test]
async fn sandbox_prints_variables_for_command_and_sdk() {
    let server = Server::start();
    let profile = Outcome::of(genauth(["get-profile"]).envs(&server.variables)).json();
    assert_eq!(profile["username"], "sandbox-user");

    let variable = |name: &str| server.variables[name].clone();
    assert!(variable("GENAUTH_APP_HOST").starts_with("http://127.0.0.1:"), "loopback");
    let client =
        AuthenticationClient::builder().app_id(variable("GENAUTH_APP_ID")).app_host(variable("GENAUTH_APP_HOST"));
    let client = client.app_secret(variable("GENAUTH_APP_SECRET")).build().unwrap();
    let phone = client.get_wechat_miniprogram_phone(variable("GENAUTH_PHONE_CODE"), "my-wxapp").await.unwrap();
    assert_eq!(phone.phone_number, "+8618812348888");
}

#[test]
fn sandbox_exits_with_0_on_sigint_and_sigterm() {
    for signal in ["INT", "TERM"] {
        let server = Server::start();
        let host = server.variables["GENAUTH_APP_HOST"].trim_start_matches("http://").to_owned();
        assert_eq!(server.stop(signal), Some(0), "{signal}");
        assert!(std::net::TcpStream::connect(host).is_err(), "{signal}: the port is still open");
    }
}

#[test]
fn sandbox_on_occupied_port_is_a_usage_error() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let outcome = Outcome::of(&mut genauth(["sandbox", "--port", &port]));
    assert!(outcome.failure(2).contains(&format!("cannot start the sandbox on port {port}")), "{}", outcome.stderr);
}
