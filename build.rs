//! Compiles the OpenAPI documents under `openapi/` into the client, its types and its methods.

use std::path::Path;
use std::{env, process};

fn main() {
    println!("cargo::rerun-if-changed=openapi");

    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    if let Err(problems) = genauth_codegen::generate_into(Path::new("openapi"), Path::new(&out)) {
        for problem in problems {
            println!("cargo::error={problem}");
        }
        process::exit(1);
    }
}
