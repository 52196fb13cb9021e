//! The embedded look-alike behaves as the service does.

mod browser;
mod cas;
mod embedded_server;
mod logging_in;
mod operations;
mod story;
mod tokens;
