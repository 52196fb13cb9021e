//! No input makes anything panic, or shows a secret.
//!
//! A second each; ten minutes each with `GENAUTH_LONG=1 cargo test --features full --test fuzz -- --nocapture`.
//! A failing input is minimized and stored in `tests/fuzz/*.seeds`, which every later run starts with.

#[cfg(feature = "oidc")]
mod callbacks;
mod responses;
mod values;

use std::time::{Duration, Instant};

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, FileFailurePersistence, TestCaseResult, TestRunner};

/// Checks random inputs until the time is over.
fn fuzz<S: Strategy>(file: &'static str, inputs: S, check: impl Fn(S::Value) -> TestCaseResult) {
    let long = std::env::var_os("GENAUTH_LONG").is_some();
    let time = Duration::from_secs(if long { 600 } else { 1 });
    let config = Config {
        cases: 200,
        source_file: Some(file),
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("seeds"))),
        ..Config::default()
    };
    let (started, mut cases) = (Instant::now(), 0);
    while started.elapsed() < time {
        TestRunner::new(config.clone()).run(&inputs, &check).unwrap_or_else(|error| panic!("{error}"));
        cases += config.cases;
    }
    println!("{file}: {cases} inputs in {:?}", started.elapsed());
}
