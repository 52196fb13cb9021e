//! The embedded look-alike behaves as the service does.

mod browser;
mod calls;
mod cas;
mod controls;
mod embedded_server;
mod faults;
mod logging_in;
mod operations;
mod story;
mod tokens;
