//! The sandbox forgets what has expired.
//!
//! 3,000 tokens and login pages; 50,000 with `GENAUTH_LONG=1 cargo test --features full --test sandbox_growth -- --nocapture`.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use genauth::sandbox::Sandbox;

struct Counting;

/// The number of bytes on the heap.
static HEAP: AtomicUsize = AtomicUsize::new(0);

#[global_allocator]
static ALLOCATOR: Counting = Counting;

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        HEAP.fetch_add(layout.size(), Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        HEAP.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// Issues access tokens, and opens login pages.
async fn issue(sandbox: &Sandbox, number: usize) {
    let client = sandbox.client().unwrap();
    let page = client.build_authorize_url("https://shop.example/callback", "openid").to_url().unwrap();
    let browser = reqwest::Client::builder().no_proxy().build().unwrap();
    let started = Instant::now();
    for _ in 0..number {
        sandbox.issue_access_token();
        assert_eq!(browser.get(page.clone()).send().await.unwrap().status(), 200);
    }
    println!("{number} tokens and login pages in {:?}", started.elapsed());
}

#[tokio::test]
async fn memory_returns_when_tokens_and_login_pages_have_expired() {
    let rounds = if std::env::var_os("GENAUTH_LONG").is_some() { 50 } else { 3 };
    const MONTH: Duration = Duration::from_secs(31 * 24 * 60 * 60);
    let sandbox = Sandbox::start().await.unwrap();
    // The log of requests fills up, and everything is initialized.
    issue(&sandbox, 1_000).await;
    sandbox.advance_clock(MONTH);
    let before = HEAP.load(Relaxed);
    for _ in 0..rounds {
        issue(&sandbox, 1_000).await;
    }
    let full = HEAP.load(Relaxed);
    sandbox.advance_clock(MONTH);
    let after = HEAP.load(Relaxed);
    println!("{before} bytes, then {full}, then {after}");
    assert!(full > before + 1_000 * rounds, "nothing was kept: {before}, {full}");
    assert!(after as f64 <= before as f64 * 1.2, "{before} bytes before, {after} after everything has expired");
}
