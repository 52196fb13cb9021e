//! What a call costs in instructions, and in allocations, beside the same call written by hand with reqwest.
//!
//! `cargo bench --bench per_call` counts with callgrind and DHAT, so it needs valgrind; the figures are the same on every
//! run, whatever else the machine does. `-- --limit 1.10` fails above that ratio of instructions.

#[path = "support/by_hand.rs"]
mod by_hand;
#[path = "support/server.rs"]
mod server;

use std::path::Path;
use std::process::{Command, exit};

use genauth::AuthenticationClient;

/// How many calls are counted, after as many as it takes to set everything up.
const CALLS: u64 = 1_000;
const WARM_UP: u64 = 100;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match *arguments {
        ["call", who, host, calls] => call(who, host, calls.parse().expect("a number")).await,
        ["--limit", limit] => compare(limit.parse().expect("a number")).await,
        _ => compare(f64::INFINITY).await,
    }
}

/// What is counted: a process that makes some calls, one after the other.
async fn call(who: &str, host: &str, calls: u64) {
    if who == "sdk" {
        let client = AuthenticationClient::builder().app_id("an-app").app_host(host).build().expect("a client");
        for _ in 0..calls {
            client.get_wechat_miniprogram_phone("a-code", "my-wxapp").await.expect("a phone number");
        }
    } else {
        let client = by_hand::Client::new(host);
        for _ in 0..calls {
            client.phone_number("a-code", "my-wxapp").await.expect("a phone number");
        }
    }
}

async fn compare(limit: f64) {
    let host = server::start().await;
    let [sdk, by_hand] = ["sdk", "by hand"].map(|who| {
        let instructions = per_call(|calls| instructions(who, &host, calls));
        let (blocks, bytes) = (per_call(|calls| heap(who, &host, calls).0), per_call(|calls| heap(who, &host, calls).1));
        println!("{who:8} {instructions:9.0} instructions, {blocks:6.1} allocations of {bytes:8.0} bytes per call");
        (instructions, blocks)
    });
    let (instructions, blocks) = (sdk.0 / by_hand.0, sdk.1 / by_hand.1);
    println!("ratio    {instructions:.3} of the instructions, {blocks:.3} of the allocations");
    if instructions > limit {
        eprintln!("more than {limit} times the instructions of a call by hand");
        exit(1);
    }
}

/// The difference that the calls make beyond the first ones, divided among them.
fn per_call(count: impl Fn(u64) -> u64) -> f64 {
    (count(WARM_UP + CALLS) - count(WARM_UP)) as f64 / CALLS as f64
}

fn instructions(who: &str, host: &str, calls: u64) -> u64 {
    let report = valgrind(&["--tool=callgrind", "--callgrind-out-file=/dev/null"], who, host, calls);
    number_after(&report, "Collected :")
}

fn heap(who: &str, host: &str, calls: u64) -> (u64, u64) {
    let report = valgrind(&["--tool=dhat", "--dhat-out-file=/dev/null"], who, host, calls);
    (number_after(&report, "blocks"), number_after(&report, "Total:"))
}

fn valgrind(tool: &[&str], who: &str, host: &str, calls: u64) -> String {
    let program = std::env::current_exe().expect("this program");
    let output = Command::new("valgrind")
        .args(tool)
        .arg(Path::new(&program))
        .args(["call", who, host, &calls.to_string()])
        .output()
        .expect("valgrind is installed");
    let report = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{report}");
    report
}

/// `12,345` in `Total: 12,345 bytes in 67 blocks`, or the number before the word.
fn number_after(report: &str, word: &str) -> u64 {
    let line = report.lines().find(|line| line.contains(word)).unwrap_or_else(|| panic!("no {word} in {report}"));
    let words: Vec<&str> = line.split_whitespace().collect();
    let place = words.iter().position(|w| word.starts_with(w) || *w == word).expect("the word");
    let numbers = words[place..].iter().chain(words[..place].iter().rev());
    numbers.filter_map(|w| w.replace(',', "").parse().ok()).next().expect("a number")
}
