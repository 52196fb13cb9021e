//! Ctrl-C and termination signals.

use std::io;

/// Resolves when the process is asked to stop. Signals are caught from this call on, not only once it is awaited.
#[cfg(unix)]
pub fn requested() -> io::Result<impl Future<Output = ()>> {
    use futures_util::future::select;
    use tokio::signal::unix::{SignalKind, signal};

    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        select(Box::pin(interrupt.recv()), Box::pin(terminate.recv())).await;
    })
}

#[cfg(not(unix))]
pub fn requested() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
