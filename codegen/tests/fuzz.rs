//! Documents with any damage are accepted or rejected, and nothing panics.
//!
//! A few seconds; ten minutes with `GENAUTH_LONG=1`.

use std::time::{Duration, Instant};

use genauth_codegen::{Options, generate};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

const TEA: &str = include_str!("fixtures/tea.yaml");

const LINES: [&str; 20] = [
    "",
    "paths: 7",
    "components: []",
    "      x-genauth-pagination: {}",
    "      x-genauth-convenience-methods: [{}]",
    "    get: text",
    "- a",
    "a: [",
    "type: 7",
    "? x",
    "&a [*a]",
    "      enum: [1, null]",
    "        $ref: 8",
    "        $ref: '#/x/~2'",
    "      required: {}",
    "\t",
    "      allOf: [{allOf: [7]}]",
    "      allOf: [{$ref: '#/components/schemas/Cup'}]",
    "      items: {$ref: '#/components/schemas/CupPage'}",
    "          $ref: '#/components/schemas/Envelope'",
];

#[test]
fn damaged_document_is_accepted_or_rejected() {
    let time = Duration::from_secs(if std::env::var_os("GENAUTH_LONG").is_some() { 600 } else { 3 });
    let damage = (any::<prop::sample::Index>(), 0..8_usize, prop::sample::select(&LINES));
    let damages = prop::collection::vec(damage, 1..6);
    let config = Config { cases: 50, failure_persistence: None, ..Config::default() };
    let started = Instant::now();
    while started.elapsed() < time {
        let outcome = TestRunner::new(config.clone()).run(&damages, |damages| {
            let document = damaged(&damages);
            let outcome = generate(vec![("authentication/tea.yaml".to_owned(), document)], Options::default());
            let diagnostics = outcome.err().unwrap_or_default();
            for diagnostic in diagnostics {
                prop_assert!(diagnostic.to_string().starts_with("openapi/"), "{}", diagnostic);
            }
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("{error}"));
    }
}

fn damaged(damages: &[(prop::sample::Index, usize, &str)]) -> String {
    let mut lines: Vec<String> = TEA.lines().map(ToOwned::to_owned).collect();
    for (line, kind, new) in damages {
        if lines.is_empty() {
            break;
        }
        let at = line.index(lines.len());
        match kind {
            0 => drop(lines.remove(at)),
            1 => lines.truncate(at),
            2 => lines[at] = (*new).to_owned(),
            3 => lines.insert(at, (*new).to_owned()),
            4 => lines[at] = lines[at].replace(": ", ":"),
            5 => lines[at] = format!("  {}", lines[at]),
            6 => lines[at] = lines[at].trim_start().to_owned(),
            _ => lines[at] = lines[at].replace(['a', 'e', '/'], ""),
        }
    }
    lines.join("\n")
}
