//! `x-genauth-internal-use`: what the crate itself calls an operation, or a shortcut of one, for.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::document::{self, Operation};
use crate::{Bundle, Problem};

pub const EXTENSION: &str = "x-genauth-internal-use";

/// What `src/` has a use for. It calls what has the role by `role_` and its name.
const ROLES: [&str; 5] = ["authorization", "code_exchange", "jwks", "token_refresh", "token_revocation"];

/// Every role is to be taken once.
pub fn problems(bundle: &Bundle) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut taken: BTreeMap<&str, &str> = BTreeMap::new();
    for operation in document::operations(&bundle.document) {
        for role in roles(&operation) {
            let place = operation.place(EXTENSION);
            if !ROLES.contains(&role) {
                let remedy = format!("it has {}", ROLES.join(", "));
                problems.push(bundle.problem(&place, format!("the crate has no use for `{role}`"), &remedy));
            }
            if let Some(first) = taken.insert(role, operation.id()) {
                let what = format!("`{role}` is the role of `{first}` already");
                problems.push(bundle.problem(&place, what, "give each role to one operation or shortcut"));
            }
        }
    }
    for role in ROLES.iter().filter(|role| !taken.contains_key(*role)) {
        let remedy = "give it to the operation or shortcut that does it; see openapi/README.md";
        problems.push(bundle.problem(&[], format!("nothing has the role `{role}`"), remedy));
    }
    problems
}

fn roles<'a>(operation: &Operation<'a>) -> impl Iterator<Item = &'a str> {
    let shortcuts = operation.spec["x-genauth-convenience-methods"].as_array().into_iter().flatten();
    let own = operation.spec.get(EXTENSION).and_then(Value::as_str);
    own.into_iter().chain(shortcuts.filter_map(|shortcut| shortcut["role"].as_str()))
}
