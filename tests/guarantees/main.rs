//! The guarantees: no request sent twice, no secret shown, bounded time and memory, verified TLS, and spans.

#[path = "../wire/client_builder.rs"]
mod client_builder;
mod faulty_server;
#[cfg(feature = "rustls")]
mod http2;
mod leaks;
mod limits;
mod log_capture;
mod one_time_codes;
#[path = "../wire/raw_server.rs"]
mod raw_server;
mod retries;
mod runtimes;
mod spans;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod test_ca;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod tls;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod tls_server;
