//! Who reads slowly slows the server down, and holds no more in memory than before.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use crate::helpers::{connected, event};
use crate::websocket_server::{LineServer, text};

const CODE: &str = "user.updated";
const EVENTS: usize = 1_000;
const SIZE: usize = 64 * 1024;
/// What the sockets of both sides may hold.
const ON_THE_WAY: usize = 16 * 1024 * 1024;

#[tokio::test]
async fn a_slow_reader_slows_the_server_down() {
    let sent = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&sent);
    let server = LineServer::start(move |_, mut peer| {
        let counter = Arc::clone(&counter);
        async move {
            peer.accept().await;
            let message = text(&format!("\"{}\"", "x".repeat(SIZE - 2)));
            for _ in 0..EVENTS {
                peer.send(&message).await;
                counter.fetch_add(SIZE, SeqCst);
            }
            peer.gone().await;
        }
    })
    .await;
    let mut events = server.builder().build().unwrap().events(CODE);
    connected(&mut events).await;
    let mut before = None;
    for number in 1..=EVENTS {
        if number < 100 {
            // Time enough for a server that nothing holds back to send all of them.
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert_eq!(event(&mut events).await.json().len(), SIZE);
        let on_the_way = sent.load(SeqCst).saturating_sub(number * SIZE);
        assert!(on_the_way <= ON_THE_WAY, "{on_the_way} bytes are on the way after event {number}");
        if number == 100 {
            before = resident();
        }
    }
    if let (Some(before), Some(after)) = (before, resident()) {
        assert!(after <= before + 4.0 * 1024.0 * 1024.0, "memory grew from {before} to {after} bytes");
    }
}

/// The memory of this process, in bytes, where there is a way to tell.
fn resident() -> Option<f64> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    Some(statm.split(' ').nth(1)?.parse::<f64>().ok()? * 4096.0)
}
