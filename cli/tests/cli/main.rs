//! The command `genauth`, as its users run it.

mod dynamic;
mod events;
mod failures;
mod flags;
mod genauth_command;
mod login;
mod operations;
mod output;
mod raw_server;
mod readme;
mod sandbox;
mod secrets;
mod settings;
