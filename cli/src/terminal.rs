//! Text for a terminal.

use std::io::Write;

/// Whether a character would act on the terminal, or reorder the text around it.
fn acts(character: char) -> bool {
    let is_bidirectional =
        matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (character.is_control() && character != '\n') || is_bidirectional
}

/// `text` without characters that would act on the terminal: it may come from a server.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if acts(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// JSON in which such characters are escaped. They are in strings only.
pub fn printable_json(json: &str) -> String {
    let mut printable = String::with_capacity(json.len());
    for character in json.chars() {
        if acts(character) {
            printable += &format!("\\u{:04x}", u32::from(character));
        } else {
            printable.push(character);
        }
    }
    printable
}

/// Prints progress and notes on standard error.
pub fn notify(text: &str) {
    // The exit status reports the outcome even where standard error is closed.
    let _ = writeln!(anstream::stderr(), "{}", printable(text));
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::printable_json;

    #[test]
    fn json_for_a_terminal_means_the_same() {
        let value = json!({ "a": "red \u{9b}31m, \u{202e}reversed, \u{7f} and\n林" });
        for text in [value.to_string(), format!("{value:#}")] {
            let printable = printable_json(&text);
            assert!(!printable.contains(['\u{9b}', '\u{202e}', '\u{7f}']), "{printable}");
            assert_eq!(serde_json::from_str::<Value>(&printable).unwrap(), value);
        }
    }
}
