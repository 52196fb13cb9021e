//! What the provider says of itself.

use serde_json::{Value, json};

use super::Outcome;
use crate::sandbox::response::Answer;
use crate::sandbox::state::State;
use crate::sandbox::validation::Request;

/// The description's example, with the sandbox's address in it, and what sets the sandbox apart.
pub fn show(state: &mut State, request: &Request) -> Outcome {
    let Answer::Json(mut configuration) = request.example.clone() else { return Ok(request.example.clone()) };
    let issuer = configuration["issuer"].as_str().unwrap_or_default();
    let elsewhere = issuer.strip_suffix("/oidc").unwrap_or(issuer).to_owned();
    for value in configuration.as_object_mut().into_iter().flatten().map(|(_, value)| value) {
        if let Some(path) = value.as_str().and_then(|text| text.strip_prefix(&elsewhere)) {
            *value = Value::String(format!("{}{path}", state.provider.url));
        }
    }
    configuration["grant_types_supported"] =
        json!(["authorization_code", "refresh_token", "client_credentials", "password"]);
    configuration["id_token_signing_alg_values_supported"] = json!(["RS256"]);
    configuration["response_modes_supported"] = json!(["query", "fragment", "form_post"]);
    configuration["subject_types_supported"] = json!(["public"]);
    Ok(Answer::Json(configuration))
}

pub fn keys(state: &mut State, _: &Request) -> Outcome {
    Ok(Answer::Json(json!({ "keys": [state.provider.key.to_json()] })))
}
