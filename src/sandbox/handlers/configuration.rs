//! Discovery: the provider's configuration and its keys.

use serde_json::{Value, json};

use super::HandlerResult;
use super::request::Request;
use super::response::Response;
use crate::sandbox::idp::signing_key::SigningKey;
use crate::sandbox::store::state::State;

/// The example in the OpenAPI document, with the sandbox's URL and what only the sandbox supports.
pub fn discovery(state: &mut State, request: &Request) -> HandlerResult {
    let mut configuration = match request.example() {
        Response::Json(configuration) => configuration,
        other => return Ok(other),
    };
    let issuer = configuration["issuer"].as_str().unwrap_or_default();
    let host = issuer.strip_suffix("/oidc").unwrap_or(issuer).to_owned();
    for value in configuration.as_object_mut().into_iter().flatten().map(|(_, value)| value) {
        if let Some(path) = value.as_str().and_then(|url| url.strip_prefix(&host)) {
            *value = Value::String(format!("{}{path}", state.url));
        }
    }
    configuration["grant_types_supported"] =
        json!(["authorization_code", "refresh_token", "client_credentials", "password"]);
    configuration["id_token_signing_alg_values_supported"] = json!(["RS256"]);
    configuration["response_modes_supported"] = json!(["query", "fragment", "form_post"]);
    configuration["subject_types_supported"] = json!(["public"]);
    Ok(Response::Json(configuration))
}

pub fn jwks(_: &mut State, _: &Request) -> HandlerResult {
    Ok(Response::Json(json!({ "keys": [SigningKey::get().to_jwk()] })))
}
