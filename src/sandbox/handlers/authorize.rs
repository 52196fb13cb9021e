//! Sending a browser back with a code, after asking who the user is.

use super::Outcome;
use crate::sandbox::application::APP_ID;
use crate::sandbox::error::Refusal;
use crate::sandbox::idp::claims::has;
use crate::sandbox::idp::codes::Asked;
use crate::sandbox::idp::login::{Login, Wanted};
use crate::sandbox::idp::redirect::Landing;
use crate::sandbox::state::State;
use crate::sandbox::validation::Request;

/// The length of a SHA-256 in base64url.
const CHALLENGE_LENGTH: usize = 43;

/// By OpenID Connect: the scope has `openid` in it, and a refresh token takes the user's consent.
pub fn openid(state: &mut State, request: &Request) -> Outcome {
    authorize(state, request, |scope| {
        if !has(scope, "openid") {
            return Err(Refusal::oauth("invalid_scope", "scope: lacks openid"));
        }
        let agreed = request.parameters["prompt"] == "consent";
        Ok(without(scope, |one| one == "offline_access" && !agreed))
    })
}

/// By OAuth 2.0, where no ID token comes of it.
pub fn plain(state: &mut State, request: &Request) -> Outcome {
    authorize(state, request, |scope| Ok(without(scope, |one| one == "openid")))
}

fn authorize(state: &mut State, request: &Request, grant: impl Fn(&str) -> Result<String, Refusal>) -> Outcome {
    // Nobody is sent to an address that may not be the application's.
    if request.parameters["client_id"] != APP_ID {
        return Err(Refusal::malformed("client_id: missing, or no application's"));
    }
    let landing = Landing::new(&request.parameters, "redirect_uri")?;
    let asked = asked(request, grant);
    Ok(match (asked, &request.browser, request.parameters["prompt"].as_str()) {
        (Err(refusal), ..) => {
            let (error, description) = refusal.as_oauth();
            landing.refuse(error, description)
        }
        (Ok(_), None, Some("none")) => landing.refuse("login_required", "nobody is logged in"),
        (Ok(asked), Some(browser), prompt) if browser.agrees || matches!(prompt, None | Some("none")) => {
            Login { landing, wanted: Wanted::Code(asked), known: None }.finish(state, browser)
        }
        (Ok(asked), browser, prompt) => {
            let known = browser.clone().filter(|_| prompt == Some("consent"));
            Login { landing, wanted: Wanted::Code(asked), known }.ask(state, None)
        }
    })
}

fn asked(request: &Request, grant: impl Fn(&str) -> Result<String, Refusal>) -> Result<Asked, Refusal> {
    request.check_parameters()?;
    let parameters = &request.parameters;
    let text = |name: &str| parameters[name].as_str().map(ToOwned::to_owned);
    if parameters["response_type"] != "code" {
        return Err(Refusal::oauth("unsupported_response_type", "response_type: only a code can be asked for"));
    }
    let challenge = text("code_challenge");
    if challenge.is_some() && parameters["code_challenge_method"] != "S256" {
        return Err(Refusal::malformed("code_challenge_method: only S256 is taken"));
    }
    if challenge.as_ref().is_some_and(|challenge| challenge.len() != CHALLENGE_LENGTH) {
        return Err(Refusal::malformed("code_challenge: no SHA-256 in base64url"));
    }
    Ok(Asked {
        redirect_uri: text("redirect_uri").unwrap_or_default(),
        scope: grant(parameters["scope"].as_str().unwrap_or_default())?,
        nonce: text("nonce"),
        challenge,
    })
}

fn without(scope: &str, unwanted: impl Fn(&str) -> bool) -> String {
    scope.split(' ').filter(|one| !one.is_empty() && !unwanted(one)).collect::<Vec<_>>().join(" ")
}
