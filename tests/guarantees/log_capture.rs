//! Captures what any crate of this process logs or traces, at the trace level.

use std::fmt::{Debug, Write};
use std::sync::{Mutex, Once, OnceLock, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

static START: Once = Once::new();
static IS_LEAK: OnceLock<fn(&str) -> bool> = OnceLock::new();
static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Starts to keep the messages for which `is_leak` is true.
pub fn start(is_leak: fn(&str) -> bool) {
    START.call_once(|| {
        IS_LEAK.set(is_leak).unwrap();
        tracing::subscriber::set_global_default(Capture).unwrap();
        log::set_boxed_logger(Box::new(Capture)).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    });
}

/// Panics if there was a leak.
pub fn check() {
    let seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    assert!(seen.is_empty(), "logged or traced: {seen:#?}");
}

fn inspect(text: String) {
    if IS_LEAK.get().is_some_and(|is_leak| is_leak(&text)) {
        SEEN.lock().unwrap_or_else(PoisonError::into_inner).push(text);
    }
}

struct Capture;

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }
}

impl Subscriber for Capture {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut text = Text(span.metadata().name().to_owned());
        span.record(&mut text);
        inspect(text.0);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut text = Text(String::new());
        values.record(&mut text);
        inspect(text.0);
    }

    fn event(&self, event: &Event<'_>) {
        let mut text = Text(event.metadata().target().to_owned());
        event.record(&mut text);
        inspect(text.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

impl log::Log for Capture {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        inspect(format!("{} {}", record.target(), record.args()));
    }

    fn flush(&self) {}
}
