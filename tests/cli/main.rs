//! The command `genauth`, as its users run it.

mod by_name;
mod events;
mod failures;
mod flags;
mod genauth_command;
mod operations;
mod output;
#[path = "../wire/raw_server.rs"]
mod raw_server;
mod readme;
mod sandbox;
mod secrets;
mod settings;
