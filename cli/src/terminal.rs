//! Text for a terminal.

use std::io::Write;

/// `text` without control characters, which would act on the terminal: it may come from a server.
pub fn printable(text: &str) -> String {
    let is_control = |c: char| c.is_control() && c != '\n';
    text.chars().map(|c| if is_control(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// Prints progress and notes on standard error.
pub fn notify(text: &str) {
    // The exit status reports the outcome even where standard error is closed.
    let _ = writeln!(anstream::stderr(), "{}", printable(text));
}
