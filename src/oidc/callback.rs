//! The browser is back: from its query to tokens.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use url::form_urlencoded;

use super::{AuthorizationRequest, IdTokenClaims, TokenSet};
use crate::error::{CallbackError, TokenError};
use crate::{AuthenticationClient, OAuthError, Result, Secret};

/// A user who has logged in.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Login {
    /// The tokens.
    pub tokens: TokenSet,
    /// What the ID token says, verified.
    pub claims: IdTokenClaims,
}

impl AuthenticationClient {
    /// Finishes a login: checks the callback against the request, exchanges the code, and verifies the ID token.
    ///
    /// `query` is the callback's query, or its whole address, or the form that the browser posted. The code is exchanged
    /// at most once; whatever goes wrong, begin another login.
    ///
    /// # Errors
    ///
    /// [`Error::Callback`](crate::Error::Callback) when the browser did not come back with the request's answer;
    /// [`Error::OAuth`](crate::Error::OAuth) when the user or the server said no;
    /// [`Error::Token`](crate::Error::Token) when the ID token is not what it should be; and those of any call.
    pub async fn handle_callback(&self, request: &AuthorizationRequest, query: &str) -> Result<Login> {
        let code = Answer::parse(query)?.check(request, &self.oidc().issuer)?;
        let mut call = self.role_code_exchange(code, &request.redirect_uri);
        if let Some(verifier) = &request.code_verifier {
            call = call.code_verifier(verifier.clone());
        }
        let tokens = TokenSet::from(call.await?);
        let id_token = tokens.id_token.as_ref().ok_or(TokenError::MissingIdToken)?;
        let claims = self.verify_id_token(id_token, &request.nonce, &tokens.access_token).await?;
        Ok(Login { tokens, claims })
    }
}

/// What matters of a callback's query.
#[derive(Default)]
struct Answer {
    code: Option<Secret>,
    state: Option<Secret>,
    issuer: Option<String>,
    error: Option<String>,
    description: Option<String>,
}

impl Answer {
    fn parse(query: &str) -> Result<Self, CallbackError> {
        let mut answer = Self::default();
        for (name, value) in form_urlencoded::parse(query_of(query).as_bytes()) {
            let value = value.into_owned();
            let is_repeated = match &*name {
                "code" => answer.code.replace(value.into()).is_some(),
                "state" => answer.state.replace(value.into()).is_some(),
                "iss" => answer.issuer.replace(value).is_some(),
                "error" => answer.error.replace(value).is_some(),
                "error_description" => answer.description.replace(value).is_some(),
                _ => false,
            };
            if is_repeated {
                let known = ["code", "state", "iss", "error", "error_description"];
                return Err(CallbackError::DuplicateParameter(
                    known.into_iter().find(|known| *known == name).unwrap_or_default(),
                ));
            }
        }
        Ok(answer)
    }

    /// The code, if this is the answer to the request and not an error.
    fn check(self, request: &AuthorizationRequest, issuer: &str) -> Result<Secret> {
        let state = self.state.ok_or(CallbackError::MissingState)?;
        verify_slices_are_equal(state.expose_secret().as_bytes(), request.state.expose_secret().as_bytes())
            .map_err(|_| CallbackError::StateMismatch)?;
        if self.issuer.is_some_and(|from| from != issuer) {
            return Err(CallbackError::IssuerMismatch.into());
        }
        match (self.code, self.error) {
            (Some(_), Some(_)) => Err(CallbackError::CodeAndErrorPresent.into()),
            (None, Some(error)) => Err(OAuthError {
                error: error.into(),
                description: self.description,
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

/// The query in what may be a whole address, or a path with a query.
fn query_of(text: &str) -> &str {
    let is_address = ["https://", "http://", "/"].iter().any(|start| text.starts_with(start));
    let query = match text.split_once('?') {
        Some((_, query)) if is_address => query,
        None if is_address => "",
        _ => text.strip_prefix('?').unwrap_or(text),
    };
    query.split_once('#').map_or(query, |(query, _)| query)
}
