//! The examples in the README.

use std::path::Path;
use std::process::Command;

/// The lines of each example that runs the command.
fn examples(readme: &str) -> Vec<Vec<&str>> {
    let blocks = readme.split("```console\n").skip(1).filter_map(|rest| rest.split("```").next());
    let blocks = blocks.filter(|block| block.starts_with("$ genauth"));
    blocks.map(|block| block.lines().collect()).collect()
}

/// Replaces the timestamps of responses.
fn without_timestamps(text: &str) -> String {
    let ends_with_number = |line: &str| line.rsplit(' ').next().is_some_and(|end| end.parse::<u64>().is_ok());
    let line = |line: &str| match line.contains("\"timestamp\": ") && ends_with_number(line) {
        true => "    \"timestamp\": 0".to_owned(),
        false => line.to_owned(),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn readme_examples_print_what_it_shows() {
    let folder = Path::new(env!("CARGO_BIN_EXE_genauth")).parent().unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let readme = include_str!("../../README.md");
    let examples = examples(readme);
    assert!(!examples.is_empty(), "the README has no example that begins with `$ genauth`");
    for example in examples {
        let mut printed = Vec::new();
        for line in example.iter().filter_map(|line| line.strip_prefix("$ ")) {
            let mut shell = Command::new("sh");
            shell.args(["-c", &format!("exec 2>&1; {line}")]).env("PATH", &path).env("XDG_CONFIG_HOME", "/nonexistent");
            let output = shell.output().unwrap();
            printed.push(format!("$ {line}\n{}", String::from_utf8(output.stdout).unwrap().trim_end()));
        }
        assert_eq!(without_timestamps(&printed.join("\n")), without_timestamps(&example.join("\n")));
    }
}
