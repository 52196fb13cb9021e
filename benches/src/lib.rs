//! What the benchmarks share: a server, and the call as one would write it without the SDK.

pub mod by_hand;
pub mod plain_hyper;
pub mod server;
