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
        let is_added = |path: &Path| added.iter().any(|(file, _)| folder.join(file).starts_with(path));
        for part in parts {
            copy(&root.join(part), &folder.join(part), &is_added);
        }
        for (file, content) in added {
            write_if_changed(&folder.join(file), content.as_bytes());
        }
        if !folder.join("Cargo.lock").exists() {
            fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
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

/// Copies a file, or a folder, from whose copy it removes what `from` no longer has.
fn copy(from: &Path, to: &Path, is_added: &dyn Fn(&Path) -> bool) {
    if from.is_dir() {
        if from.ends_with("node_modules") {
            return;
        }
        fs::create_dir_all(to).unwrap();
        for copied in entries(to).filter(|copied| !from.join(copied.file_name().unwrap()).exists()) {
            if !is_added(&copied) {
                if copied.is_dir() { fs::remove_dir_all(copied).unwrap() } else { fs::remove_file(copied).unwrap() }
            }
        }
        for path in entries(from) {
            copy(&path, &to.join(path.file_name().unwrap()), is_added);
        }
    } else if from.file_name() != Some("Cargo.toml".as_ref()) {
        write_if_changed(to, &fs::read(from).unwrap());
    }
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path())
}

/// Leaves the time of an unchanged file alone, so that cargo need not build it again.
fn write_if_changed(path: &Path, content: &[u8]) {
    if fs::read(path).ok().as_deref() != Some(content) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}
