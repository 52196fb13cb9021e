//! The management API: access keys, and what administrators set on the sandbox.

mod access_tokens;
mod collections;
#[cfg(feature = "events")]
mod events;
#[path = "../wire/raw_server.rs"]
mod raw_server;
mod requests;
mod story;
