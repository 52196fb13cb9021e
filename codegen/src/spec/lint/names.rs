//! Names that become the same one in Rust.

use std::collections::BTreeMap;

use heck::{ToSnakeCase, ToUpperCamelCase};

use super::Lint;
use crate::spec::extensions::{ConvenienceMethod, WebSocket};

/// The methods that the clients have by themselves, private ones included.
const CLIENT_METHODS: [&str; 21] = [
    "app_id",
    "app_secret",
    "authorization_request",
    "builder",
    "clone",
    "code_challenge_s256",
    "core",
    "fmt",
    "from_core",
    "from_env",
    "generate_code_verifier",
    "handle_callback",
    "oidc",
    "revoke_tokens",
    "verify",
    "verify_access_token",
    "verify_id_token",
    "with_access_token",
    "with_lang",
    "with_real_ip",
    "with_tenant_id",
];

/// Names in Rust, each with the name in the document that became it.
type Names = BTreeMap<String, String>;

impl Lint<'_> {
    /// Types and methods have names of their own.
    pub(super) fn unique_names(&mut self) {
        self.distinct_names(&["tags"], self.spec.tags.iter().map(|tag| tag.name.as_str()));
        let client = self.spec.api.client();
        let own = CLIENT_METHODS.map(ToOwned::to_owned).into_iter();
        let internal =
            self.spec.api.internal_uses().iter().map(|internal_use| format!("internal_{}", internal_use.name()));
        let mut methods: Names = own.chain(internal).map(|name| (name.clone(), format!("{client}::{name}"))).collect();
        let mut types = Names::new();
        let mut requests = Names::new();
        for name in self.spec.schemas.keys() {
            self.claim(&["components", "schemas", name], &mut types, name.to_upper_camel_case(), name);
        }
        for operation in &self.spec.operations {
            let (id, place) = (&operation.id, operation.place("operationId"));
            let distinct = self.claim(&place, &mut methods, id.clone(), id)
                && self.claim(&place, &mut requests, id.to_upper_camel_case(), id);
            if distinct && !operation.parameters.is_empty() {
                let name = operation.parameters_name();
                self.claim(&place, &mut types, name.clone(), &name);
            }
            let place = operation.place("x-genauth-convenience-methods");
            for ConvenienceMethod { name, .. } in &operation.extensions.convenience_methods {
                self.claim(&[&*place, &[name]].concat(), &mut methods, name.clone(), name);
            }
            if let Some(WebSocket { method, .. }) = &operation.extensions.websocket {
                self.claim(&operation.place("x-genauth-websocket"), &mut methods, method.clone(), method);
            }
        }
    }

    /// Two of these properties or parameters must not have one name in Rust.
    pub(super) fn distinct_names<'n>(&mut self, place: &[&str], names: impl Iterator<Item = &'n str>) {
        let mut seen = Names::new();
        for name in names {
            self.claim(place, &mut seen, name.to_snake_case(), name);
        }
    }

    /// Reports that `name` becomes `rust`, if another name becomes it, too.
    fn claim(&mut self, place: &[&str], names: &mut Names, rust: String, name: &str) -> bool {
        let Some(first) = names.insert(rust, name.to_owned()) else { return true };
        let message = match first == name {
            true => format!("`{name}` is there twice"),
            false => format!("`{name}` and `{first}` have the same name in Rust"),
        };
        self.report(place, message, "rename one of them");
        false
    }

    pub(super) fn name(&mut self, place: &[&str], name: &str, is_valid: fn(&str) -> bool) {
        if !is_valid(name) {
            let help = "begin it with a letter, and use letters and digits";
            self.report(place, format!("`{name}` is not a valid Rust identifier"), help);
        }
    }
}
