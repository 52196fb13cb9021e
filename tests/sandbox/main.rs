//! The embedded look-alike behaves as the service does.

mod calls;
mod controls;
mod embedded_server;
mod faults;
mod operations;
mod story;
