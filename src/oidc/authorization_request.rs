//! The authorization request: where the browser goes to log in, and what it is checked against when it is back.

use reqwest::Url;
use serde::{Deserialize, Serialize};

use super::random_token::random_token;
use crate::error::ConfigError;
use crate::types::{OauthPrompt, OauthResponseMode, PkceMethod};
use crate::{AuthenticationClient, Result, Secret};

const SCOPE: &str = "openid profile email phone address";

/// One login, from the moment the browser is sent away until it is back.
///
/// It belongs into the browser's session, and nowhere else: it holds the state, the nonce and the PKCE verifier, fresh
/// from the operating system, which `Debug` does not show. It serializes; use it for one callback, then forget it.
///
/// ```
/// # fn example(client: genauth::AuthenticationClient) -> genauth::Result<()> {
/// use genauth::oidc::AuthorizationRequest;
/// use genauth::types::OauthPrompt;
///
/// let request = client.authorization_request("https://shop.example/callback")?.prompt(OauthPrompt::Login);
/// let address = request.to_url(&client)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
#[must_use = "the browser has to be sent to its address"]
pub struct AuthorizationRequest {
    pub(super) redirect_uri: String,
    scope: String,
    prompt: Option<OauthPrompt>,
    response_mode: Option<OauthResponseMode>,
    tenant_id: Option<String>,
    pub(super) state: Secret,
    pub(super) nonce: Secret,
    pub(super) code_verifier: Option<Secret>,
}

impl AuthenticationClient {
    /// Begins a login after which the browser comes back to `redirect_uri`, one of the application's login callback
    /// addresses.
    ///
    /// # Errors
    ///
    /// When the operating system gives no random numbers.
    pub fn authorization_request(&self, redirect_uri: impl Into<String>) -> Result<AuthorizationRequest> {
        Ok(AuthorizationRequest {
            redirect_uri: redirect_uri.into(),
            scope: SCOPE.to_owned(),
            prompt: None,
            response_mode: None,
            tenant_id: None,
            state: random_token()?,
            nonce: random_token()?,
            code_verifier: Some(random_token()?),
        })
    }
}

impl AuthorizationRequest {
    /// What the tokens are to be good for, separated by spaces; `openid profile email phone address` unless set. With
    /// `offline_access` there is a refresh token, and the user is asked to agree.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = scope.into();
        self
    }

    /// Whether the user is asked to log in, or to agree, again.
    pub fn prompt(mut self, prompt: impl Into<OauthPrompt>) -> Self {
        self.prompt = Some(prompt.into());
        self
    }

    /// How the answer comes back; in the query unless set. The body of a `form_post` goes to
    /// [`handle_callback`](AuthenticationClient::handle_callback) like a query.
    pub fn response_mode(mut self, mode: impl Into<OauthResponseMode>) -> Self {
        self.response_mode = Some(mode.into());
        self
    }

    /// Id of the tenant to log in to.
    pub fn tenant_id(mut self, id: impl Into<String>) -> Self {
        self.tenant_id = Some(id.into());
        self
    }

    /// Does without PKCE, for a server that knows nothing of it. The nonce and the application's secret then are all
    /// that ties the code to this login.
    pub fn without_pkce(mut self) -> Self {
        self.code_verifier = None;
        self
    }

    /// The address to send the browser to.
    ///
    /// # Errors
    ///
    /// When the scope lacks `openid`, without which there is no ID token to check.
    pub fn to_url(&self, client: &AuthenticationClient) -> Result<Url> {
        let has = |scope| self.scope.split(' ').any(|name| name == scope);
        if !has("openid") {
            return Err(ConfigError::new("the scope lacks `openid`", "add it, or no ID token comes back").into());
        }
        let mut address = client
            .role_authorization(&self.redirect_uri, &self.scope)
            .state(self.state.expose_secret())
            .nonce(self.nonce.expose_secret());
        if let Some(verifier) = &self.code_verifier {
            let challenge = client.code_challenge_s256(verifier.expose_secret());
            address = address.code_challenge(challenge).code_challenge_method(PkceMethod::S256);
        }
        if let Some(prompt) = with_consent(self.prompt.as_ref(), has("offline_access")) {
            address = address.prompt(prompt);
        }
        if let Some(mode) = &self.response_mode {
            address = address.response_mode(mode.clone());
        }
        if let Some(id) = &self.tenant_id {
            address = address.tenant_id(id);
        }
        address.to_url()
    }
}

/// The prompt, with the consent that a refresh token takes.
fn with_consent(prompt: Option<&OauthPrompt>, is_needed: bool) -> Option<OauthPrompt> {
    match prompt {
        None if is_needed => Some(OauthPrompt::Consent),
        Some(prompt) if is_needed && !matches!(prompt, OauthPrompt::Never | OauthPrompt::Consent) => {
            Some(format!("{prompt} consent").into())
        }
        prompt => prompt.cloned(),
    }
}
