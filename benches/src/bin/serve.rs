//! The benchmark server as a process: prints its base URL, and serves until standard input is closed.

use std::io::{Read, stdin};

use genauth_benches::server;

fn main() {
    println!("{}", server::start());
    let _ = stdin().read_to_end(&mut Vec::new());
}
