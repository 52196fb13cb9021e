//! What the crate promises: never harm, never leak, never hang, and be seen.

#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod authority;
mod leaks;
mod limits;
mod one_time_codes;
#[path = "../wire/raw_server.rs"]
mod raw_server;
mod retries;
mod spans;
mod spoiling_server;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod tls;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod tls_server;
mod watch;
