//! A copy of the crate, to build with another description.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A copy of the crate in a folder of its own. It shares this build's target folder, and so the dependencies that
/// are built already; a version of its own keeps cargo from taking the two crates for one.
pub struct Scratch(PathBuf);

impl Scratch {
    pub fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for part in ["Cargo.toml", "Cargo.lock", "build.rs", "build", "openapi", "src", "tests", "examples"] {
            copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(part), &folder.join(part));
        }
        let scratch = Self(folder);
        let manifest = scratch.read("Cargo.toml");
        let version = concat!("version = \"", env!("CARGO_PKG_VERSION"), "\"");
        scratch.write("Cargo.toml", &manifest.replacen(version, &format!("version = \"0.0.0-{name}\""), 1));
        scratch
    }

    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).unwrap()
    }

    pub fn write(&self, file: &str, text: &str) {
        fs::write(self.0.join(file), text).unwrap();
    }

    pub fn remove(&self, file: &str) {
        fs::remove_file(self.0.join(file)).unwrap();
    }

    /// Runs cargo in the copy, offline: what it needs is there from this build.
    pub fn cargo(&self, arguments: &[&str]) -> Output {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--offline", "--quiet", "--all-features"])
            .current_dir(&self.0)
            .env("CARGO_TARGET_DIR", target)
            .output()
            .unwrap()
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            copy(&path, &to.join(path.file_name().unwrap()));
        }
    } else {
        fs::copy(from, to).unwrap();
    }
}
