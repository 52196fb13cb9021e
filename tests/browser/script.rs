//! Runs a script that controls the browser.

use std::path::Path;

use tokio::process::Command;

/// Runs `tests/browser/NAME` with these arguments, the first of which is the URL to open. The test fails with the output of
/// the script.
pub async fn run(name: &str, arguments: &[&str]) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser").join(name);
    let output = Command::new("node").arg(&script).args(arguments).kill_on_drop(true).output().await;
    let output = output.unwrap_or_else(|error| panic!("cannot start Node; is it installed? {error}"));
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{name}: {}\n{stdout}{stderr}", output.status);
}
