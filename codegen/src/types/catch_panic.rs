//! progenitor panics on some documents that it does not support.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// Whether a panic of this thread is caught, and its message returned instead of printed.
    static IS_CAUGHT: Cell<bool> = const { Cell::new(false) };
}

/// Runs `function`, and returns the message of its panic. Other threads report theirs as before.
pub fn catch_panic<T>(function: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let hook = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !IS_CAUGHT.get() {
                hook(panic);
            }
        }));
    });
    let was_caught = IS_CAUGHT.replace(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(function));
    IS_CAUGHT.set(was_caught);
    outcome.map_err(|panic| message(&*panic))
}

fn message(panic: &(dyn Any + Send)) -> String {
    let message = panic.downcast_ref::<String>().map(String::as_str);
    message.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason given").to_owned()
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};
    use std::{panic, thread};

    use super::catch_panic;

    #[test]
    fn panic_of_another_thread_is_reported_while_one_is_caught() {
        let reported = Arc::new(Mutex::new(Vec::new()));
        let (log, hook) = (Arc::clone(&reported), panic::take_hook());
        panic::set_hook(Box::new(move |panic| {
            log.lock().unwrap().push(panic.to_string());
            hook(panic);
        }));
        let outcome = catch_panic(|| {
            let _ = thread::spawn(|| panic!("of another thread")).join();
            panic!("caught");
        });
        assert_eq!(outcome, Err::<(), _>("caught".to_owned()));
        let reported = reported.lock().unwrap();
        assert!(reported.iter().any(|message| message.contains("of another thread")), "{reported:?}");
    }
}
