//! The names of subcommands.

use heck::ToKebabCase;

/// The subcommands that are not operations.
pub const OWN: [&str; 10] =
    ["completions", "describe", "events", "list", "login", "logout", "man", "management", "openapi", "sandbox"];

/// The subcommand of an operation: its operationId in kebab case, prefixed with `operation-` where that name is reserved.
pub fn of_operation(id: &str, reserved: &[&str]) -> String {
    let name = id.to_kebab_case();
    if reserved.contains(&name.as_str()) { format!("operation-{name}") } else { name }
}
