//! Requests and responses on the wire, against a server that reads and writes raw bytes.

mod client_builder;
mod conformance;
mod oauth;
mod operations;
mod raw_server;
mod requests;
#[cfg(feature = "dynamic")]
mod response_cases;
mod responses;
#[cfg(feature = "sandbox")]
mod setup;
