//! Runs the binary in a clean environment.

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

/// The command with these arguments, without environment variables or a configuration file.
pub fn genauth<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_genauth"));
    command.args(arguments).env_clear().env("XDG_CONFIG_HOME", "/nonexistent");
    command
}

/// Runs it with these arguments, separated by spaces.
pub fn run(arguments: &str) -> Outcome {
    Outcome::of(&mut genauth(arguments.split(' ')))
}

/// An empty folder for a test.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The outcome of a run.
#[derive(Debug)]
pub struct Outcome {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Outcome {
    pub fn of(command: &mut Command) -> Self {
        let Output { status, stdout, stderr } = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { status: status.code().unwrap(), stdout: text(stdout), stderr: text(stderr) }
    }

    /// Its standard output as JSON, after success.
    pub fn json(&self) -> Value {
        assert_eq!((self.status, self.stderr.as_str()), (0, ""));
        serde_json::from_str(&self.stdout).unwrap()
    }

    /// Its standard error, after a failure with this status and nothing on standard output.
    pub fn failure(&self, status: i32) -> &str {
        assert_eq!((self.status, self.stdout.as_str()), (status, ""), "{}", self.stderr);
        &self.stderr
    }
}
