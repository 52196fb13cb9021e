//! Instructions and allocations of a call, compared with the same call written with reqwest.
//!
//! valgrind counts them (callgrind and DHAT), so the figures do not depend on the load of the machine. `--limit 0.95`
//! fails above that ratio of instructions; `--json` prints the figures for scripts.

use std::process::{Command, exit};

use genauth::AuthenticationClient;
use genauth_benches::{baseline_reqwest, server};
use serde::Serialize;

/// The number of calls counted, after the warm-up.
const CALLS: u64 = 1_000;
const WARM_UP: u64 = 100;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match *arguments {
        [] => print!("{}", Costs::count().table()),
        ["--json"] => println!("{}", serde_json::to_string(&Costs::count()).expect("plain figures")),
        ["--limit", limit] => Costs::count().check(limit.parse().expect("a ratio")),
        ["call", client, host, calls] => call(client, host, calls.parse().expect("a number")).await,
        _ => panic!("usage: per_call [--json | --limit RATIO]"),
    }
}

/// The process that valgrind runs: makes calls one after the other.
async fn call(client: &str, host: &str, calls: u64) {
    if client == "genauth" {
        let client = AuthenticationClient::builder().app_id("an-app").app_host(host).build().expect("a client");
        for _ in 0..calls {
            client.get_wechat_miniprogram_phone("a-code", "my-wxapp").await.expect("a phone number");
        }
    } else {
        let client = baseline_reqwest::Client::new(host);
        for _ in 0..calls {
            client.phone_number("a-code", "my-wxapp").await.expect("a phone number");
        }
    }
}

#[derive(Serialize)]
struct Costs {
    genauth: Cost,
    baseline: Cost,
}

/// Per call.
#[derive(Serialize)]
struct Cost {
    instructions: f64,
    allocations: f64,
    allocated_bytes: f64,
}

impl Costs {
    fn count() -> Self {
        let host = server::start();
        Self { genauth: Cost::count("genauth", &host), baseline: Cost::count("baseline", &host) }
    }

    fn table(&self) -> String {
        let Self { genauth, baseline } = self;
        let row = |what: &str, of: fn(&Cost) -> f64| {
            format!("{what:<15} {:>9.0} {:>9.0} {:>9.3}\n", of(genauth), of(baseline), of(genauth) / of(baseline))
        };
        format!("{:<15} {:>9} {:>9} {:>9}\n", "per call", "genauth", "reqwest", "ratio")
            + &row("instructions", |cost| cost.instructions)
            + &row("allocations", |cost| cost.allocations)
            + &row("allocated bytes", |cost| cost.allocated_bytes)
    }

    fn check(&self, limit: f64) {
        print!("{}", self.table());
        if self.genauth.instructions > limit * self.baseline.instructions {
            eprintln!("more than {limit} times the instructions of the reqwest baseline; profile it with callgrind");
            exit(1);
        }
    }
}

impl Cost {
    fn count(client: &str, host: &str) -> Self {
        let callgrind = difference(|calls| {
            let report = valgrind(&["--tool=callgrind", "--callgrind-out-file=/dev/null"], client, host, calls);
            vec![number(&report, "Collected : ")]
        });
        let dhat = difference(|calls| {
            let report = valgrind(&["--tool=dhat", "--dhat-out-file=/dev/null"], client, host, calls);
            vec![number(&report, "bytes in "), number(&report, "Total: ")]
        });
        Self { instructions: callgrind[0], allocations: dhat[0], allocated_bytes: dhat[1] }
    }
}

/// The cost per call without that of the warm-up.
fn difference(count: impl Fn(u64) -> Vec<f64>) -> Vec<f64> {
    let (all, first) = (count(WARM_UP + CALLS), count(WARM_UP));
    all.iter().zip(first).map(|(all, first)| (all - first) / CALLS as f64).collect()
}

fn valgrind(tool: &[&str], client: &str, host: &str, calls: u64) -> String {
    let output = Command::new("valgrind")
        .args(tool)
        .arg(std::env::current_exe().expect("this program"))
        .args(["call", client, host, &calls.to_string()])
        .output()
        .expect("valgrind is installed");
    let report = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{report}");
    report
}

/// The number after the first occurrence of `label`: `12,345` after `Total: ` in `Total:     12,345 bytes in 67 blocks`.
fn number(report: &str, label: &str) -> f64 {
    let line = report.split_once(label).unwrap_or_else(|| panic!("no {label} in {report}")).1.trim_start();
    let digits: String = line.chars().take_while(|c| c.is_ascii_digit() || *c == ',').filter(|c| *c != ',').collect();
    digits.parse().unwrap_or_else(|_| panic!("no number after {label} in {report}"))
}
