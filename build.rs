//! Compiles the OpenAPI description under `openapi/` into the client, its types and its methods.
//!
//! `build/` holds the steps; `openapi/README.md` says what the description may contain.

#[path = "build/mod.rs"]
mod steps;

use std::path::Path;
use std::{env, fs, process};

fn main() {
    println!("cargo::rerun-if-changed=openapi");
    println!("cargo::rerun-if-changed=build");

    if let Err(problems) = run() {
        for problem in problems {
            println!("cargo::error={problem}");
        }
        process::exit(1);
    }
}

fn run() -> Result<(), Vec<steps::Problem>> {
    let bundle = steps::bundle(steps::read(Path::new("openapi"))?)?;
    steps::lint(&bundle)?;
    let code = steps::generate(&bundle)?;

    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    for (name, content) in [
        ("openapi.json", format!("{:#}", bundle.document)),
        ("client.rs", code.client),
        ("types.rs", code.types),
        ("codes.rs", code.codes),
        ("operations.rs", code.operations),
        ("by_name.rs", code.by_name),
        ("conformance.rs", code.conformance),
        ("marked.rs", code.marked.0),
        ("marked.json", code.marked.1),
    ] {
        fs::write(Path::new(&out).join(name), content)
            .map_err(|error| vec![steps::Problem::new(name, "OUT_DIR", error, "make it writable")])?;
    }
    Ok(())
}
