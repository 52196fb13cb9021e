//! The callback: from the authorization response to verified tokens.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use url::form_urlencoded;

use super::authorization_request::AuthorizationRequest;
use super::claims::IdTokenClaims;
use super::token_set::TokenSet;
use crate::error::{CallbackError, TokenError};
use crate::{AuthenticationClient, OAuthError, Result, Secret};

/// A completed login.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Login {
    /// The tokens.
    pub tokens: TokenSet,
    /// The claims of the verified ID token.
    pub claims: IdTokenClaims,
}

impl AuthenticationClient {
    /// Completes a login: checks the callback against the request, exchanges the code, and verifies the ID token.
    ///
    /// `query` is the callback's query string, its full URL, or the body of a `form_post`. The code is exchanged at most
    /// once; after any error, start a new login.
    ///
    /// # Errors
    ///
    /// [`Error::Callback`](crate::Error::Callback) when the callback does not match the request;
    /// [`Error::OAuth`](crate::Error::OAuth) when the user or the server denied the login;
    /// [`Error::Token`](crate::Error::Token) when the ID token is missing or invalid; and those of any call.
    pub async fn handle_callback(&self, request: &AuthorizationRequest, query: &str) -> Result<Login> {
        if (&*request.issuer, &*request.app_id) != (&*self.oidc().issuer, self.app_id()) {
            return Err(CallbackError::ClientMismatch.into());
        }
        let code = AuthorizationResponse::parse(query)?.code(request, &self.oidc().issuer)?;
        let mut call = self.internal_code_exchange(code, &request.redirect_uri);
        if let Some(verifier) = &request.code_verifier {
            call = call.code_verifier(verifier.clone());
        }
        let tokens = TokenSet::from(call.await?);
        let id_token = tokens.id_token.as_ref().ok_or(TokenError::MissingIdToken)?;
        let claims = self.verify_id_token(id_token, &request.nonce, &tokens.access_token).await?;
        Ok(Login { tokens, claims })
    }
}

/// The parameters of RFC 6749, section 4.1.2, and the `iss` of RFC 9207.
#[derive(Default)]
struct AuthorizationResponse {
    code: Option<Secret>,
    state: Option<Secret>,
    issuer: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
}

impl AuthorizationResponse {
    fn parse(query: &str) -> Result<Self, CallbackError> {
        let mut response = Self::default();
        for (name, value) in form_urlencoded::parse(extract_query(query).as_bytes()) {
            let value = value.into_owned();
            let (name, is_duplicate) = match &*name {
                "code" => ("code", response.code.replace(value.into()).is_some()),
                "state" => ("state", response.state.replace(value.into()).is_some()),
                "iss" => ("iss", response.issuer.replace(value).is_some()),
                "error" => ("error", response.error.replace(value).is_some()),
                "error_description" => ("error_description", response.error_description.replace(value).is_some()),
                _ => continue,
            };
            if is_duplicate {
                return Err(CallbackError::DuplicateParameter(name));
            }
        }
        Ok(response)
    }

    /// The code, if this is a successful response to the request.
    fn code(self, request: &AuthorizationRequest, issuer: &str) -> Result<Secret> {
        let state = self.state.ok_or(CallbackError::MissingState)?;
        verify_slices_are_equal(state.expose_secret().as_bytes(), request.state.expose_secret().as_bytes())
            .map_err(|_| CallbackError::StateMismatch)?;
        if self.issuer.is_some_and(|actual| actual != issuer) {
            return Err(CallbackError::IssuerMismatch.into());
        }
        match (self.code, self.error) {
            (Some(_), Some(_)) => Err(CallbackError::CodeAndErrorPresent.into()),
            (None, Some(error)) => Err(OAuthError {
                error: error.into(),
                description: self.error_description,
                status: None,
                request_id: None,
                retry_after: None,
            }
            .into()),
            (Some(code), None) if !code.expose_secret().is_empty() => Ok(code),
            _ => Err(CallbackError::MissingCode.into()),
        }
    }
}

/// The query of a full URL or of a path with a query; anything else is taken as a query itself.
fn extract_query(callback: &str) -> &str {
    let is_url = ["https://", "http://", "/"].iter().any(|start| callback.starts_with(start));
    let query = match callback.split_once('?') {
        Some((_, query)) if is_url => query,
        None if is_url => "",
        _ => callback.strip_prefix('?').unwrap_or(callback),
    };
    query.split_once('#').map_or(query, |(query, _)| query)
}
