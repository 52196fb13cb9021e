//! Secrets are zeroized on drop: no freed memory contains one.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};

use genauth::types::LoginTokenResponseDataDto;
use genauth::{AuthenticationClient, RetryPolicy, Secret};

/// A string that is nowhere else in memory: joined at run time, so that no constant contains it.
fn canary() -> String {
    ["zeroize", "me", "7c41e0aa", "please"].join("#")
}

const START: &[u8] = b"zeroize#me#7c41e0aa#";

/// The system's allocator, which inspects freed memory.
struct InspectingAllocator;

static WATCH: AtomicBool = AtomicBool::new(false);
static FOUND: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is forwarded to the system's allocator. A block is valid to read until it is freed there.
unsafe impl GlobalAlloc for InspectingAllocator {
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
static ALLOCATOR: InspectingAllocator = InspectingAllocator;

/// The number of blocks with the canary that `action` frees.
fn freed_with_canary(action: impl FnOnce()) -> usize {
    FOUND.store(0, SeqCst);
    WATCH.store(true, SeqCst);
    action();
    WATCH.store(false, SeqCst);
    FOUND.load(SeqCst)
}

// One test, since all threads share the allocator.
#[test]
fn secrets_are_zeroized_on_drop() {
    let text = canary();
    assert_eq!(freed_with_canary(|| drop(text.clone())), 1, "a plain string, which is not zeroized");

    assert_eq!(freed_with_canary(|| drop(Secret::from(&*text))), 0, "a secret");
    assert_eq!(freed_with_canary(|| drop(Secret::from(text.clone()))), 0, "a secret from an owned string");
    assert_eq!(freed_with_canary(|| drop(Secret::from(&*text).clone())), 0, "a clone");

    let json = format!(r#"{{"access_token":"{text}","id_token":"{text}","expires_in":3600,"scope":"openid"}}"#);
    let decode = || drop(serde_json::from_str::<LoginTokenResponseDataDto>(&json).unwrap());
    assert_eq!(freed_with_canary(decode), 0, "a response with tokens");

    let client = || {
        let builder = AuthenticationClient::builder().app_id("an-app").app_host("http://127.0.0.1:1");
        let builder = builder.app_secret(&*text).access_token(&*text).retry_policy(RetryPolicy::never());
        builder.build().unwrap()
    };
    assert_eq!(freed_with_canary(|| drop(client())), 0, "a client");
    assert_eq!(freed_with_canary(|| drop(client().with_access_token(&*text))), 0, "a clone with an access token");

    // No server listens there, so the HTTP stack makes no copies of its own.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let client = client();
    let call = || {
        runtime.block_on(async {
            client.get_profile().header("x-mine", &*text).access_token(&*text).await.unwrap_err();
        });
    };
    assert_eq!(freed_with_canary(call), 0, "a call and its headers");
}
