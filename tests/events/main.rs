//! Events as a stream: items, lost connections, and the end.

mod drops;
mod frames;
mod handshakes;
mod helpers;
mod hosts;
mod leaks;
#[path = "../guarantees/log_capture.rs"]
mod log_capture;
mod publishing;
mod reconnect;
mod reconnect_soak;
mod slow_readers;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[path = "../guarantees/test_ca.rs"]
mod test_ca;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod tls;
mod tokens;
mod websocket_server;
