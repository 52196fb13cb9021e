//! `-v`: the SDK's `tracing` output on standard error.

use std::io::{self, IsTerminal};

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Shows each call when it ends, and each retry.
pub fn start() {
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .with_target(false)
        .with_span_events(FmtSpan::CLOSE)
        .log_internal_errors(false);
    // Traces of the HTTP stack could contain secrets.
    let own = Targets::new().with_target("genauth", LevelFilter::DEBUG);
    tracing_subscriber::registry().with(lines).with(own).init();
}
