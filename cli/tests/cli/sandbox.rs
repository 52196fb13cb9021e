//! `genauth sandbox`: a sandbox as a server of its own.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use genauth::AuthenticationClient;

use crate::genauth_command::{Said, genauth};

/// A running one, with the variables that it printed.
struct Server {
    process: Child,
    variables: HashMap<String, String>,
}

impl Server {
    fn start() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_genauth"));
        let mut process = command.args(["sandbox", "--port", "0"]).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(process.stdout.as_mut().unwrap()).lines().take(6);
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
async fn its_lines_are_variables_for_the_command_and_for_programs() {
    let server = Server::start();
    let profile = Said::by(genauth(["get-profile"]).envs(&server.variables)).json();
    assert_eq!(profile["username"], "sandbox-user");

    let of = |name: &str| server.variables[name].clone();
    assert!(of("GENAUTH_APP_HOST").starts_with("http://127.0.0.1:"), "loopback");
    let client = AuthenticationClient::builder().app_id(of("GENAUTH_APP_ID")).app_host(of("GENAUTH_APP_HOST"));
    let client = client.app_secret(of("GENAUTH_APP_SECRET")).build().unwrap();
    let phone = client.get_wechat_miniprogram_phone(of("GENAUTH_PHONE_CODE"), "my-wxapp").await.unwrap();
    assert_eq!(phone.phone_number, "+8618812348888");
}

#[test]
fn it_stops_cleanly_when_it_is_told_to() {
    for signal in ["INT", "TERM"] {
        let server = Server::start();
        let address = server.variables["GENAUTH_APP_HOST"].trim_start_matches("http://").to_owned();
        assert_eq!(server.stop(signal), Some(0), "{signal}");
        assert!(std::net::TcpStream::connect(address).is_err(), "{signal}: the port is still taken");
    }
}

#[test]
fn a_port_that_is_taken_is_said_to_be() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let said = Said::by(&mut genauth(["sandbox", "--port", &port]));
    assert!(said.failure(2).contains(&format!("no sandbox on port {port}")), "{}", said.err);
}
