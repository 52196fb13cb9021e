//! Suggestions for misspelled names.

use super::api::Api;
use super::error::CliError;
use super::spec;

/// The minimum similarity, from 0 to 1, of a suggestion.
const MIN_SIMILARITY: f64 = 0.7;

/// Suggests the most similar of `names`, or else returns `fallback`, which says where to find the names.
pub fn suggest(given: &str, names: impl IntoIterator<Item = String>, fallback: &str) -> String {
    let scored = names.into_iter().map(|name| (strsim::jaro_winkler(given, &name), name));
    let closest = scored.filter(|(score, _)| *score > MIN_SIMILARITY).max_by(|(a, _), (b, _)| a.total_cmp(b));
    closest.map_or_else(|| fallback.to_owned(), |(_, name)| format!("did you mean `{name}`?"))
}

pub fn unknown_command(api: Api, name: &str) -> CliError {
    let own = api.reserved_names().iter().map(|name| (*name).to_owned());
    let names = own.chain(spec::operations(api).map(|operation| operation.name()));
    let hint = suggest(name, names, "`genauth list` shows the operations, `genauth --help` the other commands");
    CliError::with_hint(format!("unknown command `{name}`"), hint)
}

pub fn unknown_operation(api: Api, name: &str) -> CliError {
    let names = spec::operations(api).map(|operation| operation.name());
    let hint = suggest(name, names, "`genauth list` shows the operations");
    CliError::with_hint(format!("unknown operation `{name}`"), hint)
}
