//! Runs one of the examples.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use genauth::sandbox::Sandbox;

/// A running example; dropping it stops the process.
pub struct Example {
    process: Child,
    /// Its URL, which is the first line that it prints.
    pub url: String,
}

impl Example {
    /// Starts an example on a free port, as the application of the sandbox.
    pub fn start(name: &str, sandbox: &Sandbox) -> Self {
        let example = escargot::CargoBuild::new().example(name).features("full").run().unwrap();
        let mut command = example.command();
        command.env("GENAUTH_APP_HOST", sandbox.url()).env("PORT", "0");
        command.env("GENAUTH_APP_ID", sandbox.app_id()).env("GENAUTH_APP_SECRET", sandbox.app_secret());
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut url = String::new();
        BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut url).unwrap();
        Self { process, url: url.trim_end().to_owned() }
    }
}

impl Drop for Example {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
