//! What the benchmarks share: a server, and the same call written without the SDK.

pub mod baseline_hyper;
pub mod baseline_reqwest;
pub mod server;
