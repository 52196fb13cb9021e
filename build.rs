//! Generates the client, its types and its methods from the OpenAPI document in `openapi/`.

use std::path::Path;
use std::{env, process};

use genauth_codegen::{Api, Options};

fn main() {
    println!("cargo::rerun-if-changed=openapi");

    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    let options = Options { api: Api::Authentication, json_schema: env::var_os("CARGO_FEATURE_SCHEMARS").is_some() };
    if let Err(diagnostics) = genauth_codegen::generate_into(Path::new("openapi"), Path::new(&out), options) {
        for diagnostic in diagnostics {
            println!("cargo::error={diagnostic}");
        }
        process::exit(1);
    }
}
