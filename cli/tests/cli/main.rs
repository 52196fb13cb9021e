//! The binary `genauth`, run as users run it.

mod command;
mod config;
mod dynamic;
mod errors;
mod events;
mod field_args;
mod login;
mod management;
mod operations;
mod output;
mod raw_server;
mod readme;
mod sandbox;
mod secret_input;
mod stored_login;
mod user;
