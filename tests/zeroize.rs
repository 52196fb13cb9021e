//! What the client holds of a secret is wiped when it is dropped: no freed memory has it.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};

use genauth::types::LoginTokenResponseDataDto;
use genauth::{AuthenticationClient, RetryPolicy, Secret};

/// Unlike anything else in memory; put together at run time, for no constant to hold it whole.
fn mark() -> String {
    ["wipe", "me", "7c41e0aa", "please"].join("#")
}

const START: &[u8] = b"wipe#me#7c41e0aa#";

/// The system's allocator, which looks at what it is given back.
struct Watching;

static WATCH: AtomicBool = AtomicBool::new(false);
static FOUND: AtomicUsize = AtomicUsize::new(0);

// SAFETY: all is handed on to the system's allocator. A block that is given back is still valid to read.
unsafe impl GlobalAlloc for Watching {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if WATCH.load(SeqCst) {
            let content = unsafe { std::slice::from_raw_parts(block, layout.size()) };
            if content.windows(START.len()).any(|window| window == START) {
                FOUND.fetch_add(1, SeqCst);
            }
        }
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Watching = Watching;

/// How many blocks that `action` freed had the mark in them.
fn freed_with_mark(action: impl FnOnce()) -> usize {
    FOUND.store(0, SeqCst);
    WATCH.store(true, SeqCst);
    action();
    WATCH.store(false, SeqCst);
    FOUND.load(SeqCst)
}

// One test, as all threads share the allocator.
#[test]
fn secrets_are_gone_from_memory_when_their_holder_is() {
    let text = mark();
    assert_eq!(freed_with_mark(|| drop(text.clone())), 1, "the test sees a plain string that is dropped");

    assert_eq!(freed_with_mark(|| drop(Secret::from(&*text))), 0, "a secret");
    assert_eq!(freed_with_mark(|| drop(Secret::from(text.clone()))), 0, "a secret from an owned string");
    assert_eq!(freed_with_mark(|| drop(Secret::from(&*text).clone())), 0, "a clone");

    let json = format!(r#"{{"access_token":"{text}","id_token":"{text}","expires_in":3600,"scope":"openid"}}"#);
    let decode = || drop(serde_json::from_str::<LoginTokenResponseDataDto>(&json).unwrap());
    assert_eq!(freed_with_mark(decode), 0, "an answer with tokens");

    let client = || {
        let builder = AuthenticationClient::builder().app_id("an-app").app_host("http://127.0.0.1:1");
        let builder = builder.app_secret(&*text).access_token(&*text).retry_policy(RetryPolicy::never());
        builder.build().unwrap()
    };
    assert_eq!(freed_with_mark(|| drop(client())), 0, "a client");
    assert_eq!(freed_with_mark(|| drop(client().with_access_token(&*text))), 0, "a handle");

    // Nobody listens there, so the HTTP stack makes no copies of its own.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let client = client();
    let call = || {
        runtime.block_on(async {
            client.get_profile().header("x-mine", &*text).access_token(&*text).await.unwrap_err();
        });
    };
    assert_eq!(freed_with_mark(call), 0, "a call and its headers");
}
