//! Events as a stream: what comes, what is lost, and when it ends.

#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[path = "../promises/authority.rs"]
mod authority;
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
mod tokens;
#[path = "../promises/watch.rs"]
mod watch;
