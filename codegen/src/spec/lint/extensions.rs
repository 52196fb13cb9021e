//! Rules for the extensions.

use std::collections::{BTreeMap, BTreeSet};

use super::{Lint, SEE_README};
use crate::spec::extensions::{Brand, ClientSupplied, ConvenienceMethod, InternalUse};
use crate::spec::operation::{Kind, Location, Method, Operation, Parameter, Security};
use crate::spec::schema::{Property, Schema, Shape};
use crate::spec::{ENVELOPE, idents};

/// The properties of the envelope whose codes become constants.
const CODES: [&str; 2] = ["statusCode", "apiCode"];

impl Lint<'_> {
    pub(super) fn operation_extensions(&mut self, operation: &Operation) {
        let extensions = &operation.extensions;
        let (is_call, is_websocket) = (operation.kind == Kind::Call, extensions.websocket.is_some());
        let of_calls = [
            ("x-genauth-access-token-argument", extensions.access_token_argument),
            ("x-genauth-convenience-methods", !extensions.convenience_methods.is_empty()),
            ("x-genauth-idempotent", extensions.idempotent.is_some()),
            ("x-genauth-pagination", extensions.pagination.is_some()),
            ("x-genauth-upstream-response", extensions.upstream_response.is_some()),
        ];
        for (name, _) in of_calls.into_iter().filter(|(_, is_set)| *is_set && !is_call) {
            self.report(&operation.place(name), "not on a call", "remove it");
        }
        let not_of_websockets = [
            ("x-genauth-aliases", !extensions.aliases.is_empty()),
            ("x-genauth-internal-use", extensions.internal_use.is_some()),
            ("x-genauth-url-only", extensions.url_only),
        ];
        for (name, _) in not_of_websockets.into_iter().filter(|(_, is_set)| *is_set && is_websocket) {
            self.report(&operation.place(name), "on a WebSocket", "remove it");
        }
        self.idempotent(operation);
        for alias in &extensions.aliases {
            let place = operation.place("x-genauth-aliases");
            self.name(&place, alias, idents::is_valid_ident);
            if *alias == operation.id {
                self.report(&place, format!("`{alias}` is the method's own name"), "remove it");
            }
        }
        let has_data = self.spec.enveloped(operation).is_some_and(|enveloped| enveloped.data.is_some());
        if extensions.upstream_response.is_some() && !has_data {
            let place = operation.place("x-genauth-upstream-response");
            self.report(&place, "the response has no data in the envelope", SEE_README);
        }
        self.pagination(operation);
        self.access_token_argument(operation);
        self.client_credentials(operation);
        for method in &extensions.convenience_methods {
            self.convenience_method(operation, method);
        }
    }

    /// A `GET` is idempotent unless it spends a one-time value.
    fn idempotent(&mut self, operation: &Operation) {
        let place = operation.place("x-genauth-idempotent");
        let is_secret = |it: &Parameter| it.required && it.schema.is_secret();
        let takes_secret = operation.kind == Kind::Call && operation.parameters.iter().any(is_secret);
        match (operation.method == Method::Get, operation.extensions.idempotent) {
            (true, None) if takes_secret => {
                let help = "say `false` if the secret can be used once, else `true`";
                self.report(&place, "not decided for a GET with a required secret", help);
            }
            (true, Some(true)) if !takes_secret => {
                self.report(&place, "not allowed here", "remove it; every GET without a required secret is idempotent");
            }
            (false, Some(false)) => {
                self.report(&place, "not allowed here", "remove it; only a GET is idempotent by default")
            }
            _ => {}
        }
    }

    fn access_token_argument(&mut self, operation: &Operation) {
        if !operation.extensions.access_token_argument {
            return;
        }
        let place = operation.place("x-genauth-access-token-argument");
        if !operation.security.iter().any(|scheme| scheme.name == "accessToken") {
            self.report(&place, "the operation does not use `accessToken`", "add it to `security`, or remove this");
        }
        let body = self.body_object(operation).into_iter().flat_map(|object| &object.required);
        let parameters = operation.caller_parameters().filter(|it| it.required).map(|it| &it.name);
        for name in body.chain(parameters).filter(|name| idents::value_ident(name) == "access_token") {
            self.report(&place, format!("the method has the argument `{name}` already"), "remove one of them");
        }
    }

    fn client_credentials(&mut self, operation: &Operation) {
        let (Some(credentials), Some(object)) = (operation.client_credentials(), self.body_object(operation)) else {
            return;
        };
        for (name, format) in [(&credentials.id, None), (&credentials.secret, Some("password"))] {
            let fits = |property: &Property| match &property.schema.shape {
                Shape::String(other) => other.as_deref() == format && !object.is_required(name),
                _ => false,
            };
            if !object.property(name).is_some_and(fits) {
                let format = format.map(|format| format!(" with `format: {format}`")).unwrap_or_default();
                let message = format!("the body has no optional string `{name}`{format}");
                self.report(&operation.place("requestBody"), message, "add it; the client sets it");
            }
        }
    }

    fn convenience_method(&mut self, operation: &Operation, method: &ConvenienceMethod) {
        let place = operation.place("x-genauth-convenience-methods");
        let place = [&*place, &[&method.name]].concat();
        let last = |path: &'_ String| path.rsplit('.').next().map(ToOwned::to_owned).unwrap_or_default();
        let names: Vec<String> = method.arguments.iter().map(last).collect();
        self.distinct_names(&place, names.iter().map(String::as_str));
        let whole = method.set.keys().chain(method.arguments.iter().filter(|path| !path.contains('.')));
        let properties = self.body_object(operation);
        for name in method.set.keys() {
            let property = properties.and_then(|object| object.property(name));
            let is_text =
                |it: &Property| matches!(self.spec.resolve(&it.schema).shape, Shape::String(_) | Shape::Enum(_));
            if property.is_some_and(|property| !is_text(property)) {
                self.report(&place, format!("`{name}` in `set` is not a string"), "make it an argument");
            }
        }
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for name in whole {
            let is_inside = |path: &String| path.split_once('.').is_some_and(|(object, _)| object == name);
            if !seen.insert(name) || method.arguments.iter().any(is_inside) {
                self.report(&place, format!("`{name}` has two values"), "keep one of them in `set` or `arguments`");
            }
        }
    }

    pub(super) fn client_supplied(&mut self, place: &[&str], parameter: &Parameter) {
        let Some(supplied) = &parameter.client_supplied else { return };
        if !parameter.required {
            self.report(place, "optional, but the client always supplies it", "make it required");
        }
        let fits = match (supplied, &self.spec.resolve(&parameter.schema).shape) {
            (_, Shape::String(format)) => format.as_deref() != Some("json"),
            (ClientSupplied::Constant(_), Shape::Enum(_)) => true,
            _ => false,
        };
        if !fits {
            self.report(place, "not a string, but the client supplies one", "use `type: string`");
        }
    }

    pub(super) fn websocket(&mut self, operation: &Operation, hosts: &[(Brand, String)]) {
        let Some(websocket) = &operation.extensions.websocket else { return };
        let all_in_query = operation.parameters.iter().all(|it| it.location == Location::Query && it.required);
        if operation.method != Method::Get || !all_in_query {
            let help = "use GET, and required query parameters only";
            self.report(&operation.place(""), "not a WebSocket", help);
        }
        let place = operation.place("x-genauth-websocket");
        if !idents::is_valid_ident(&websocket.method) {
            self.report(&place, format!("`{}` is not a valid Rust identifier", websocket.method), SEE_README);
        }
        if operation.parameter(&websocket.event_type).is_none() {
            self.report(&place, format!("no parameter `{}`", websocket.event_type), SEE_README);
        }
        let in_handshake = |scheme: &Security| scheme.query_parameter.is_some() || scheme.name == "accessKeySignature";
        if !matches!(operation.security.as_slice(), [scheme] if in_handshake(scheme)) {
            let message = "not exactly one scheme, in the query or for handshakes";
            self.report(&operation.place("security"), message, SEE_README);
        }
        for (brand, name) in [(Brand::GenAuth, "genauth"), (Brand::Authing, "authing")] {
            if !hosts.iter().any(|(other, _)| *other == brand) {
                self.report(&operation.place("servers"), format!("no host for {name}"), SEE_README);
            }
        }
    }

    /// Every internal use has to be assigned exactly once.
    pub(super) fn internal_uses(&mut self) {
        let mut assigned: BTreeMap<InternalUse, &str> = BTreeMap::new();
        for operation in &self.spec.operations {
            let methods = operation.extensions.convenience_methods.iter();
            let own = operation.extensions.internal_use.map(|internal_use| (internal_use, operation.id.as_str()));
            let uses = methods.filter_map(|method| Some((method.internal_use?, method.name.as_str()))).chain(own);
            for (internal_use, name) in uses {
                if let Some(first) = assigned.insert(internal_use, name) {
                    let message = format!("`{}` is assigned to `{first}` already", internal_use.name());
                    self.report(&operation.place("x-genauth-internal-use"), message, "assign each use once");
                }
            }
        }
        for internal_use in self.spec.api.internal_uses().iter().filter(|it| !assigned.contains_key(it)) {
            let help = "assign it to the operation or convenience method that does it; see openapi/README.md";
            self.report(&["x-genauth-internal-use"], format!("`{}` is not assigned", internal_use.name()), help);
        }
    }

    /// The extensions of a property of the schema `name`.
    pub(super) fn property_extensions(&mut self, place: &[&str], property: &Property, name: Option<&str>) {
        let schema = &property.schema;
        let of_envelope = name == Some(ENVELOPE) && CODES.contains(&&*property.name);
        if !schema.error_codes.is_empty() && !of_envelope {
            self.misplaced(place, "x-genauth-error-codes");
        }
        let place = [place, &["x-genauth-error-codes"]].concat();
        let mut seen = BTreeSet::new();
        for code in schema.error_codes.iter().filter(|code| !seen.insert(&code.name)) {
            self.report(&place, format!("`{}` is there twice", code.name), "rename one of them");
        }
        for data in schema.error_codes.iter().filter_map(|code| code.data.as_deref()) {
            if self.spec.schema(data).is_none() {
                self.report(&place, format!("unknown schema `{data}`"), "name one of components > schemas");
            }
        }
    }

    /// A schema that is no property has none of these.
    pub(super) fn no_extensions(&mut self, place: &[&str], schema: &Schema) {
        if !schema.other_names.is_empty() {
            self.misplaced(place, "x-genauth-other-names");
        }
        if schema.skip_unreadable_items {
            self.misplaced(place, "x-genauth-skip-unreadable-items");
        }
        if !schema.error_codes.is_empty() {
            self.misplaced(place, "x-genauth-error-codes");
        }
    }

    fn misplaced(&mut self, place: &[&str], extension: &str) {
        self.report(&[place, &[extension]].concat(), "not allowed here", SEE_README);
    }
}
