//! What the crate promises: never harm, never leak, never hang, and be seen.

mod faulty_server;
mod leaks;
mod limits;
mod log_capture;
mod one_time_codes;
#[path = "../wire/raw_server.rs"]
mod raw_server;
mod retries;
mod spans;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod test_ca;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod tls;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod tls_server;
