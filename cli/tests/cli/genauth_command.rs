//! The binary, in surroundings that say nothing.

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

/// The command with these arguments, without variables and without a configuration file.
pub fn genauth<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_genauth"));
    command.args(arguments).env_clear().env("XDG_CONFIG_HOME", "/nowhere");
    command
}

/// What it says to these arguments, split at spaces, on a sandbox of its own.
pub fn on_a_sandbox(arguments: &str) -> Said {
    Said::by(genauth(arguments.split(' ')).arg("--sandbox"))
}

/// An empty folder of this name for a test.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// How the command ended, and what it said.
#[derive(Debug)]
pub struct Said {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    pub fn by(command: &mut Command) -> Self {
        let Output { status, stdout, stderr } = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { status: status.code().unwrap(), out: text(stdout), err: text(stderr) }
    }

    /// Its standard output as JSON, after success.
    pub fn json(&self) -> Value {
        assert_eq!((self.status, self.err.as_str()), (0, ""));
        serde_json::from_str(&self.out).unwrap()
    }

    /// Its standard error, after a failure with this status and nothing on standard output.
    pub fn failure(&self, status: i32) -> &str {
        assert_eq!((self.status, self.out.as_str()), (status, ""), "{}", self.err);
        &self.err
    }
}
