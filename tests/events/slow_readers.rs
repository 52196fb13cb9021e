//! Backpressure: a slow reader slows the server down, and its memory does not grow.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use crate::helpers::{connected, event};
use crate::websocket_server::{WebSocketServer, text};

const EVENTS: usize = 1_000;
const SIZE: usize = 64 * 1024;
/// More than the sockets of both sides buffer.
const MAX_IN_FLIGHT: usize = 16 * 1024 * 1024;

#[tokio::test]
async fn slow_reader_slows_server_down() {
    let sent = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&sent);
    let server = WebSocketServer::start(move |_, mut peer| {
        let counter = Arc::clone(&counter);
        async move {
            peer.accept().await;
            let message = text(&format!("\"{}\"", "x".repeat(SIZE - 2)));
            for _ in 0..EVENTS {
                peer.send(&message).await;
                counter.fetch_add(SIZE, SeqCst);
            }
            peer.read_to_end().await;
        }
    })
    .await;
    let mut events = server.builder().build().unwrap().events("user.updated");
    connected(&mut events).await;
    let mut before = None;
    for number in 1..=EVENTS {
        if number < 100 {
            // Long enough for a server without backpressure to send all of them.
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert_eq!(event(&mut events).await.payload().len(), SIZE);
        let in_flight = sent.load(SeqCst).saturating_sub(number * SIZE);
        assert!(in_flight <= MAX_IN_FLIGHT, "{in_flight} bytes are in flight after event {number}");
        if number == 100 {
            before = resident_memory();
        }
    }
    if let (Some(before), Some(after)) = (before, resident_memory()) {
        assert!(after <= before + 4.0 * 1024.0 * 1024.0, "memory grew from {before} to {after} bytes");
    }
}

/// The memory of this process in bytes, on systems that have `/proc`.
fn resident_memory() -> Option<f64> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    Some(statm.split(' ').nth(1)?.parse::<f64>().ok()? * 4096.0)
}
