//! What goes over the wire and what comes of it, against a server that speaks raw bytes.

mod conformance;
mod oauth;
mod operations;
mod raw_server;
mod requests;
mod responses;
#[cfg(feature = "sandbox")]
mod setup;
