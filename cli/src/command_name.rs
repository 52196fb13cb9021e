//! The names of subcommands.

use heck::ToKebabCase;

/// The subcommands that are not operations.
pub const OWN: [&str; 9] =
    ["completions", "describe", "events", "list", "login", "logout", "man", "openapi", "sandbox"];

/// The subcommand of an operation: its operationId in kebab case, prefixed with `operation-` where [`OWN`] has that name.
pub fn of_operation(id: &str) -> String {
    let name = id.to_kebab_case();
    if OWN.contains(&name.as_str()) { format!("operation-{name}") } else { name }
}
