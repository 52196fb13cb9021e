//! A copy of the workspace, to build with other OpenAPI files.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

/// A copy in a folder of its own.
pub struct Workspace(PathBuf);

impl Workspace {
    /// Copies the workspace, and adds these files.
    pub fn copy(name: &str, added: &[(&str, &str)]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let parts = ["build.rs", "README.md", "openapi", "src", "tests", "examples", "codegen", "cli"];
        for part in parts {
            copy(&root.join(part), &folder.join(part));
        }
        for (file, content) in added {
            write_if_changed(&folder.join(file), content.as_bytes());
        }
        for api in ["authentication", "shared"].map(|api| Path::new("openapi").join(api)) {
            for entry in fs::read_dir(folder.join(&api)).unwrap() {
                let file = api.join(entry.unwrap().file_name());
                // A file of an earlier run.
                if !root.join(&file).exists() && added.iter().all(|(added, _)| file != Path::new(added)) {
                    fs::remove_file(folder.join(file)).unwrap();
                }
            }
        }
        if !folder.join("Cargo.lock").exists() {
            copy(&root.join("Cargo.lock"), &folder.join("Cargo.lock"));
        }
        // cargo identifies the members of a workspace by name and version: another version keeps it from confusing the
        // copies with the originals, whose target folder they share.
        let version = env!("CARGO_PKG_VERSION");
        for manifest in ["Cargo.toml", "codegen/Cargo.toml", "cli/Cargo.toml"] {
            let content = fs::read_to_string(root.join(manifest)).unwrap();
            let renumbered = content
                .replace(&format!("version = \"{version}\""), &format!("version = \"{version}-fixture\""))
                .replace(&format!("version = \"={version}\""), &format!("version = \"={version}-fixture\""));
            write_if_changed(&folder.join(manifest), renumbered.as_bytes());
        }
        Self(folder)
    }

    /// Builds with the features, and so the dependencies, of the README's test command.
    pub fn build(&self, arguments: &[&str]) -> Output {
        let build_folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        Command::new(env!("CARGO"))
            .args(["build", "--offline", "--quiet", "--workspace", "--features", "full"])
            .args(arguments)
            .current_dir(&self.0)
            .env("CARGO_TARGET_DIR", self.0.join("target"))
            .env("CARGO_BUILD_BUILD_DIR", build_folder)
            .output()
            .unwrap()
    }

    /// Runs what was built.
    pub fn run(&self, program: &str, arguments: &[&str]) -> Output {
        let program = self.0.join("target/debug").join(program).with_extension(env::consts::EXE_EXTENSION);
        Command::new(program).args(arguments).env("XDG_CONFIG_HOME", "/nowhere").output().unwrap()
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        if from.ends_with("node_modules") {
            return;
        }
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            copy(&path, &to.join(path.file_name().unwrap()));
        }
    } else if from.file_name() != Some("Cargo.toml".as_ref()) {
        write_if_changed(to, &fs::read(from).unwrap());
    }
}

/// Leaves the time of an unchanged file alone, so that cargo need not build it again.
fn write_if_changed(path: &Path, content: &[u8]) {
    if fs::read(path).ok().as_deref() != Some(content) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}
