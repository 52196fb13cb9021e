//! Local verification of tokens.

use std::time::{Duration, SystemTime};

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::claims::{AccessTokenClaims, IdTokenClaims};
use crate::error::TokenError;
use crate::{AuthenticationClient, Result, Secret};

/// The tolerance for clock differences.
const LEEWAY: Duration = Duration::from_secs(60);

impl AuthenticationClient {
    /// Verifies an access token locally: its signature, issuer, audience, and that it is valid now.
    ///
    /// Revocation is not detected; call [`introspect_token`](Self::introspect_token) for that. ID tokens are rejected: an
    /// access token has the type `at+jwt` or a scope.
    ///
    /// ```no_run
    /// # async fn example(client: genauth::AuthenticationClient, token: &str) -> genauth::Result<()> {
    /// let claims = client.verify_access_token(token).await?;
    /// if claims.has_scope("orders:read") {
    ///     println!("orders of {:?}", claims.sub);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Token`](crate::Error::Token) when the token is invalid, otherwise the error of fetching the server's keys.
    #[doc(alias = "introspect_token_offline")]
    pub async fn verify_access_token(&self, token: impl Into<Secret>) -> Result<AccessTokenClaims> {
        let token = token.into();
        let header = Header::decode(token.expose_secret())?;
        let claims = self.verify(&token, &header, None).await?;
        let typ = header.typ.unwrap_or_default().to_ascii_lowercase();
        if !["at+jwt", "application/at+jwt"].contains(&typ.as_str()) && !claims.contains_key("scope") {
            return Err(TokenError::NotAnAccessToken.into());
        }
        Ok(deserialize(claims)?)
    }

    /// Verifies the ID token that was issued with this access token, for the login with this nonce.
    pub(super) async fn verify_id_token(
        &self,
        token: &Secret,
        nonce: &Secret,
        access_token: &Secret,
    ) -> Result<IdTokenClaims> {
        let header = Header::decode(token.expose_secret())?;
        let secret = self.app_secret().filter(|secret| !secret.expose_secret().is_empty());
        let claims = self.verify(token, &header, secret).await?;
        if let Some(missing) = ["sub", "iat"].into_iter().find(|name| !claims.contains_key(*name)) {
            return Err(TokenError::MissingClaim(missing).into());
        }
        let claims: IdTokenClaims = deserialize(claims)?;
        let actual = claims.nonce.as_ref().ok_or(TokenError::MissingClaim("nonce"))?;
        verify_slices_are_equal(actual.as_bytes(), nonce.expose_secret().as_bytes())
            .map_err(|_| TokenError::InvalidNonce)?;
        match &claims.azp {
            Some(azp) if azp != self.app_id() => return Err(TokenError::InvalidAuthorizedParty.into()),
            None if claims.aud.len() > 1 => return Err(TokenError::MissingClaim("azp").into()),
            _ => {}
        }
        if claims.iat > SystemTime::now() + LEEWAY {
            return Err(TokenError::NotYetValid.into());
        }
        if claims.at_hash.as_ref().is_some_and(|hash| *hash != access_token_hash(access_token)) {
            return Err(TokenError::InvalidAccessTokenHash.into());
        }
        Ok(claims)
    }

    /// The claims of a token whose signature, issuer, audience and times are valid. HS256 is accepted only with a secret.
    async fn verify(&self, token: &Secret, header: &Header, secret: Option<&Secret>) -> Result<Map<String, Value>> {
        if header.crit.is_some() {
            return Err(TokenError::UnsupportedCriticalHeader.into());
        }
        let (algorithm, key) = match (header.alg.as_str(), secret) {
            ("RS256", _) => (Algorithm::RS256, self.oidc().jwks.get(self, header.kid.as_deref()).await?),
            ("HS256", Some(secret)) => (Algorithm::HS256, DecodingKey::from_secret(secret.expose_secret().as_bytes())),
            _ => return Err(TokenError::UnsupportedAlgorithm.into()),
        };
        let mut validation = Validation::new(algorithm);
        validation.set_required_spec_claims(&["iss", "aud", "exp"]);
        validation.set_issuer(&[&self.oidc().issuer]);
        validation.set_audience(&[self.app_id()]);
        validation.validate_nbf = true;
        validation.leeway = LEEWAY.as_secs();

        // jsonwebtoken panics if another crate enables a second backend and none is installed.
        let _ = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
        let token = decode::<Map<String, Value>>(token.expose_secret(), &key, &validation);
        Ok(token.map_err(|error| token_error(error.kind()))?.claims)
    }
}

/// A token's JOSE header, which is not verified yet.
#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    crit: Option<Value>,
}

impl Header {
    fn decode(token: &str) -> Result<Self, TokenError> {
        let header = token.split_once('.').map_or(token, |(header, _)| header);
        let header = BASE64_URL_SAFE_NO_PAD.decode(header).map_err(|_| TokenError::Malformed)?;
        serde_json::from_slice(&header).map_err(|_| TokenError::Malformed)
    }
}

fn deserialize<T: DeserializeOwned>(claims: Map<String, Value>) -> Result<T, TokenError> {
    serde_json::from_value(Value::Object(claims)).map_err(|_| TokenError::InvalidClaim)
}

/// `at_hash`: the left half of the access token's hash.
fn access_token_hash(token: &Secret) -> String {
    let digest = digest(&SHA256, token.expose_secret().as_bytes());
    BASE64_URL_SAFE_NO_PAD.encode(&digest.as_ref()[..16])
}

fn token_error(error: &ErrorKind) -> TokenError {
    match error {
        ErrorKind::InvalidSignature => TokenError::InvalidSignature,
        ErrorKind::InvalidAlgorithm => TokenError::UnsupportedAlgorithm,
        ErrorKind::InvalidIssuer => TokenError::InvalidIssuer,
        ErrorKind::InvalidAudience => TokenError::InvalidAudience,
        ErrorKind::ExpiredSignature => TokenError::Expired,
        ErrorKind::ImmatureSignature => TokenError::NotYetValid,
        ErrorKind::MissingRequiredClaim(claim) => TokenError::MissingClaim(match claim.as_str() {
            "iss" => "iss",
            "aud" => "aud",
            _ => "exp",
        }),
        ErrorKind::InvalidClaimFormat(_) => TokenError::InvalidClaim,
        _ => TokenError::Malformed,
    }
}
