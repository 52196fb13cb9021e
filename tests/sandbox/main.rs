//! The embedded look-alike behaves as the service does.

mod embedded_server;
mod operations;
mod story;
