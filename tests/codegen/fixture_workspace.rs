//! A copy of the workspace, to build with other OpenAPI files.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

/// A copy in a folder of its own.
pub struct Workspace(PathBuf);

impl Workspace {
    pub fn copy(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(folder.join("openapi"));
        let parts = [
            "Cargo.toml",
            "Cargo.lock",
            "build.rs",
            "README.md",
            "openapi",
            "src",
            "tests",
            "examples",
            "codegen",
            "cli",
        ];
        for part in parts {
            copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(part), &folder.join(part));
        }
        // cargo identifies the members of a workspace by name and version: another version keeps it from taking the
        // copies for the originals, whose build folder they share.
        let workspace = Self(folder);
        let version = env!("CARGO_PKG_VERSION");
        for manifest in ["Cargo.toml", "codegen/Cargo.toml", "cli/Cargo.toml"] {
            let content = fs::read_to_string(workspace.0.join(manifest)).unwrap();
            let renumbered = content
                .replace(&format!("version = \"{version}\""), &format!("version = \"{version}-fixture\""))
                .replace(&format!("version = \"={version}\""), &format!("version = \"={version}-fixture\""));
            workspace.write(manifest, &renumbered);
        }
        workspace
    }

    pub fn write(&self, file: &str, content: &str) {
        write_if_changed(&self.0.join(file), content.as_bytes());
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
    } else {
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
