//! Events as a stream: what comes, what is lost, and when it ends.

mod cuts;
mod drops;
mod frames;
mod handshakes;
mod hosts;
mod leaks;
mod line_server;
mod lines;
mod publishing;
mod slow_readers;
mod telling;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod tls;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[path = "../promises/tls_server.rs"]
mod tls_server;
mod tokens;
#[path = "../promises/watch.rs"]
mod watch;
