//! The sessions in the README, as they are printed there.

use std::path::Path;
use std::process::Command;

/// The lines of the sessions that call the command.
fn sessions(readme: &str) -> Vec<Vec<&str>> {
    let blocks = readme.split("```console\n").skip(1).filter_map(|rest| rest.split("```").next());
    let blocks = blocks.filter(|block| block.starts_with("$ genauth"));
    blocks.map(|block| block.lines().collect()).collect()
}

/// Makes the time of an answer one that does not change.
fn timeless(text: &str) -> String {
    let digits = |line: &str| line.trim_end().rsplit(' ').next().is_some_and(|end| end.parse::<u64>().is_ok());
    let line = |line: &str| match line.contains("\"timestamp\": ") && digits(line) {
        true => "    \"timestamp\": 0".to_owned(),
        false => line.to_owned(),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_sessions_in_the_readme_are_true() {
    let folder = Path::new(env!("CARGO_BIN_EXE_genauth")).parent().unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    for readme in ["README.md", "README.zh-CN.md"] {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(readme)).unwrap();
        let sessions = sessions(&text);
        assert!(!sessions.is_empty(), "{readme}");
        for session in sessions {
            let mut said = Vec::new();
            for line in session.iter().filter_map(|line| line.strip_prefix("$ ")) {
                let mut shell = Command::new("sh");
                shell.args(["-c", &format!("exec 2>&1; {line}")]).env("PATH", &path).env("XDG_CONFIG_HOME", "/nowhere");
                let output = shell.output().unwrap();
                said.push(format!("$ {line}\n{}", String::from_utf8(output.stdout).unwrap().trim_end()));
            }
            assert_eq!(timeless(&said.join("\n")), timeless(&session.join("\n")), "{readme}");
        }
    }
}
