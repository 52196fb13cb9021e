//! Runs a script that drives the browser.

use std::path::Path;

use tokio::process::Command;

/// Runs `tests/browser/NAME` with these arguments, the first of which is an address to look at. What the script says of a
/// failure, the test says too.
pub async fn run(name: &str, arguments: &[&str]) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser").join(name);
    let output = Command::new("node").arg(&script).args(arguments).kill_on_drop(true).output().await;
    let output = output.unwrap_or_else(|error| panic!("Node did not start, is it installed? {error}"));
    let (said, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{name}: {}\n{said}{complained}", output.status);
}
