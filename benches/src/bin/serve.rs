//! The benchmarks' server, as a process of its own: prints its address, and serves until its standard input ends.

use std::io::{Read, stdin};

use genauth_benches::server;

fn main() {
    println!("{}", server::start());
    let _ = stdin().read_to_end(&mut Vec::new());
}
