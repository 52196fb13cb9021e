//! Generates the clients, their types and their methods from the OpenAPI documents in `openapi/`.

use std::path::Path;
use std::{env, process};

use genauth_codegen::{Api, Options};

fn main() {
    println!("cargo::rerun-if-changed=openapi");

    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    let json_schema = env::var_os("CARGO_FEATURE_SCHEMARS").is_some();
    let management = env::var_os("CARGO_FEATURE_MANAGEMENT").map(|_| Api::Management);
    let mut has_mistakes = false;
    for api in [Api::Authentication].into_iter().chain(management) {
        let options = Options { api, json_schema };
        if let Err(diagnostics) = genauth_codegen::generate_into(Path::new("openapi"), Path::new(&out), options) {
            has_mistakes = true;
            for diagnostic in diagnostics {
                println!("cargo::error={diagnostic}");
            }
        }
    }
    if has_mistakes {
        process::exit(1);
    }
}
