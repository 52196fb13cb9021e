//! Prints the OpenAPI document that the crate was generated from, as one JSON file for other tools.
//!
//! `cargo run --example openapi > openapi.json`

fn main() {
    println!("{}", genauth::OPENAPI);
}
