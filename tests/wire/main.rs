//! What goes over the wire and what comes of it, against a server that speaks raw bytes.

mod answers;
mod conformance;
mod oauth;
mod operations;
mod raw_server;
mod requests;
#[cfg(feature = "sandbox")]
mod setup;
