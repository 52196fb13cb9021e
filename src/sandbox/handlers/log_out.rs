//! Ending what a browser has with the provider. What applications have of their own goes on.

use super::Outcome;
use crate::sandbox::error::Refusal;
use crate::sandbox::html;
use crate::sandbox::idp::redirect::Landing;
use crate::sandbox::response::Answer;
use crate::sandbox::state::State;
use crate::sandbox::validation::Request;

/// By OpenID Connect.
pub fn openid(state: &mut State, request: &Request) -> Outcome {
    let hint = request.parameters["id_token_hint"].as_str();
    if hint.is_some_and(|token| !state.provider.key.has_signed(token)) {
        return Err(Refusal::malformed("id_token_hint: not one of the sandbox's ID tokens"));
    }
    log_out(state, request, "post_logout_redirect_uri")
}

/// Whatever the protocol.
pub fn profile(state: &mut State, request: &Request) -> Outcome {
    log_out(state, request, "redirect_uri")
}

/// By CAS.
pub fn cas(state: &mut State, request: &Request) -> Outcome {
    log_out(state, request, "url")
}

/// Logs the browser out, and sends it to the address in the parameter `name`, if there is one.
fn log_out(state: &mut State, request: &Request, name: &str) -> Outcome {
    request.check_parameters()?;
    let landing = request.parameters.get(name).map(|_| Landing::new(&request.parameters, name)).transpose()?;
    if let Some(cookie) = &request.cookie {
        state.provider.browsers.log_out(cookie);
    }
    Ok(match landing {
        Some(landing) => landing.with(&[]),
        None => Answer::Page(html::notice("Logged out", "The sandbox has forgotten who uses this browser.")),
    })
}
