//! What data policies permit.

use serde_json::{Value, json};

use super::collection::DEFAULT;
use super::user_lookup::user_of;
use crate::sandbox::handlers::payload::list;
use crate::sandbox::handlers::request::Request;
use crate::sandbox::handlers::{HandlerResult, ok};
use crate::sandbox::store::state::State;

/// Whether the data policies of the user permit the action on each of the resources. What one of them denies, none
/// permits.
pub fn check(state: &mut State, request: &Request) -> HandlerResult {
    let (arguments, user_id) = (request.arguments(), user_of(state, request)?);
    let targets = state.collections.targets_of_user(&user_id);
    let keys = state.collections.keys_with("data-policies", &targets);
    let policies = keys.iter().filter_map(|key| state.collections.get("data-policies", key));
    let statements: Vec<_> = policies.filter_map(|policy| policy.get("statementList")?.as_array()).flatten().collect();
    let (namespace, action) = (arguments["namespaceCode"].as_str(), arguments["action"].as_str().unwrap_or_default());
    let results = list(&arguments, "resources").filter_map(Value::as_str).map(|resource| {
        let matching = |effect: &str| {
            let statements = statements.iter().filter(|statement| statement["effect"] == effect);
            let permissions = statements.flat_map(|it| list(it, "permissions")).filter_map(Value::as_str);
            permissions
                .filter_map(|permission| namespace_of(permission, resource, action))
                .find(|found| namespace.is_none_or(|namespace| namespace == *found))
        };
        let permitted = matching("ALLOW");
        json!({
            "namespaceCode": namespace.or(permitted).unwrap_or(DEFAULT),
            "action": action,
            "resource": resource,
            "enabled": permitted.is_some() && matching("DENY").is_none(),
        })
    });
    let results: Vec<_> = results.collect();
    Ok(ok(json!({ "checkResultList": results })))
}

/// The namespace of a permission `NAMESPACE/RESOURCE/ACTION`, if it is for this resource and action.
fn namespace_of<'a>(permission: &'a str, resource: &str, action: &str) -> Option<&'a str> {
    let (namespace, rest) = permission.split_once('/')?;
    let (path, permitted) = rest.rsplit_once('/')?;
    let fits = (path == resource || path == "*") && (permitted == action || permitted == "*");
    fits.then_some(namespace)
}
