//! Descriptions of any kind: what is wrong with one is said, and nothing panics.

use std::path::Path;
use std::sync::LazyLock;

use genauth_codegen as steps;
use proptest::prelude::*;

static SOURCES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    // Small ones, for many tries.
    let sources = steps::read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi"))).unwrap();
    let small = |name: &str| {
        ["authentication/genauth.yaml", "authentication/event.yaml", "authentication/message.yaml"].contains(&name)
    };
    sources.into_iter().filter(|(name, _)| small(name)).collect()
});

const LINES: [&str; 16] = [
    "",
    "paths: 7",
    "components: []",
    "  x-genauth-pagination: {}",
    "    get: text",
    "- a",
    "a: [",
    "type: 7",
    "? x",
    "&a [*a]",
    "    enum: [1, null]",
    "$ref: 8",
    "$ref: '#/x/~2'",
    "required: {}",
    "\t",
    "    allOf: [{allOf: [7]}]",
];

#[test]
fn a_description_with_any_damage_is_bundled_or_refused() {
    let damage = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..8_usize, prop::sample::select(&LINES));
    let mut runner = proptest::test_runner::TestRunner::default();
    let outcome = runner.run(&prop::collection::vec(damage, 0..6), |damages| {
        let mut sources = SOURCES.clone();
        for (file, line, kind, new) in damages {
            let text = &mut file.get_mut(&mut sources).1;
            let mut lines: Vec<String> = text.lines().map(ToOwned::to_owned).collect();
            if lines.is_empty() {
                continue;
            }
            let at = line.index(lines.len());
            match kind {
                0 => drop(lines.remove(at)),
                1 => lines.truncate(at),
                2 => lines[at] = new.to_owned(),
                3 => lines.insert(at, new.to_owned()),
                4 => lines[at] = lines[at].replace(": ", ":"),
                5 => lines[at] = format!("  {}", lines[at]),
                6 => lines[at] = lines[at].trim_start().to_owned(),
                _ => lines[at] = lines[at].replace(['a', 'e', '/'], ""),
            }
            *text = lines.join("\n");
        }
        let problems = match steps::bundle(sources) {
            Ok(bundle) => steps::lint(&bundle).err().unwrap_or_default(),
            Err(problems) => problems,
        };
        for problem in problems {
            prop_assert!(problem.to_string().starts_with("openapi/"), "{}", problem);
        }
        Ok(())
    });
    outcome.unwrap();
}
