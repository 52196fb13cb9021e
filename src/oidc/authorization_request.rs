//! The authorization request: the URL that starts a login, and the values that its callback is checked against.

use reqwest::Url;
use serde::{Deserialize, Serialize};

use super::random_token::random_token;
use crate::error::ConfigError;
use crate::types::{OauthPrompt, OauthResponseMode, PkceMethod};
use crate::{AuthenticationClient, Result, Secret};

const SCOPE: &str = "openid profile email phone address";

/// One login, from the redirect to the authorization endpoint until the callback.
///
/// It holds a random state, nonce and PKCE verifier. Serialize it into the browser's session and nowhere else; use it for
/// one callback, then delete it. `Debug` does not show the secrets.
///
/// ```
/// # fn example(client: genauth::AuthenticationClient) -> genauth::Result<()> {
/// use genauth::oidc::AuthorizationRequest;
/// use genauth::types::OauthPrompt;
///
/// let request = client.authorization_request("https://shop.example/callback")?.prompt(OauthPrompt::Login);
/// let url = request.to_url(&client)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
#[must_use = "redirect the browser to its URL"]
pub struct AuthorizationRequest {
    pub(super) issuer: String,
    pub(super) app_id: String,
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
    /// Starts a login that returns the browser to `redirect_uri`, one of the application's login callback URLs.
    ///
    /// # Errors
    ///
    /// [`Error::Config`](crate::Error::Config) when the operating system provides no random numbers.
    pub fn authorization_request(&self, redirect_uri: impl Into<String>) -> Result<AuthorizationRequest> {
        Ok(AuthorizationRequest {
            issuer: self.oidc().issuer.clone(),
            app_id: self.app_id().to_owned(),
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
    /// Sets the scopes, separated by spaces; the default is `openid profile email phone address`. `offline_access`
    /// requests a refresh token, for which the user is asked to consent.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = scope.into();
        self
    }

    /// Sets whether the user is asked to log in or to consent again.
    pub fn prompt(mut self, prompt: impl Into<OauthPrompt>) -> Self {
        self.prompt = Some(prompt.into());
        self
    }

    /// Sets how the response is returned; in the query by default. Pass the body of a `form_post` to
    /// [`handle_callback`](AuthenticationClient::handle_callback) like a query.
    pub fn response_mode(mut self, mode: impl Into<OauthResponseMode>) -> Self {
        self.response_mode = Some(mode.into());
        self
    }

    /// Sets the id of the tenant to log in to.
    pub fn tenant_id(mut self, id: impl Into<String>) -> Self {
        self.tenant_id = Some(id.into());
        self
    }

    /// Disables PKCE, for servers that do not support it. Only the nonce and the app secret then bind the code to this
    /// login.
    pub fn without_pkce(mut self) -> Self {
        self.code_verifier = None;
        self
    }

    /// Returns the authorization URL to redirect the browser to.
    ///
    /// # Errors
    ///
    /// [`Error::Config`](crate::Error::Config) when the scope lacks `openid`, which the ID token requires.
    pub fn to_url(&self, client: &AuthenticationClient) -> Result<Url> {
        let has = |scope| self.scope.split(' ').any(|name| name == scope);
        if !has("openid") {
            return Err(ConfigError::new(
                "the scope lacks `openid`",
                "add it: without it the server returns no ID token",
            )
            .into());
        }
        let mut url = client
            .internal_authorization(&self.redirect_uri, &self.scope)
            .state(self.state.expose_secret())
            .nonce(self.nonce.expose_secret());
        if let Some(verifier) = &self.code_verifier {
            let challenge = client.code_challenge_s256(verifier.expose_secret());
            url = url.code_challenge(challenge).code_challenge_method(PkceMethod::S256);
        }
        if let Some(prompt) = add_consent(self.prompt.as_ref(), has("offline_access")) {
            url = url.prompt(prompt);
        }
        if let Some(mode) = &self.response_mode {
            url = url.response_mode(mode.clone());
        }
        if let Some(id) = &self.tenant_id {
            url = url.tenant_id(id);
        }
        url.to_url()
    }
}

/// Adds `consent` to the prompt if a refresh token is requested, which requires it.
fn add_consent(prompt: Option<&OauthPrompt>, is_required: bool) -> Option<OauthPrompt> {
    match prompt {
        None if is_required => Some(OauthPrompt::Consent),
        Some(prompt) if is_required && !matches!(prompt, OauthPrompt::Never | OauthPrompt::Consent) => {
            Some(format!("{prompt} consent").into())
        }
        prompt => prompt.cloned(),
    }
}
