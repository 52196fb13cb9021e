//! Local verification of tokens.

use std::time::{Duration, SystemTime};

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use serde_json::{Map, Value};

use super::claims::{AccessTokenClaims, IdTokenClaims};
use super::jwt::Jwt;
use super::numeric_date;
use crate::error::TokenError;
use crate::{AuthenticationClient, Result, Secret};

/// The tolerance for clock differences.
const LEEWAY: Duration = Duration::from_secs(60);

/// An algorithm that signs ID tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IdTokenAlgorithm {
    /// RSA with SHA-256: the provider signs, and publishes its keys.
    Rs256,
    /// HMAC with SHA-256: whoever knows the app secret can sign.
    Hs256,
}

impl AuthenticationClient {
    /// Verifies an access token locally: its signature, issuer, audience, and that it is valid now.
    ///
    /// Revocation is not detected; call [`introspect_token`](Self::introspect_token) for that. Other tokens are rejected: an
    /// access token has the type `at+jwt` or a scope, and none of the claims `nonce`, `at_hash` and `events`.
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
        let jwt = Jwt::parse(token.expose_secret())?;
        let claims = self.verify(&jwt, &[IdTokenAlgorithm::Rs256]).await?;
        let is_of_another_kind = ["nonce", "at_hash", "events"].iter().any(|claim| claims.contains_key(*claim));
        let is_access_token = match jwt.header.typ().as_deref() {
            Some("at+jwt") => true,
            Some("jwt") | None => claims.contains_key("scope"),
            Some(_) => false,
        };
        if is_of_another_kind || !is_access_token {
            return Err(TokenError::NotAnAccessToken.into());
        }
        Ok(AccessTokenClaims::read(claims)?)
    }

    /// Verifies the ID token that was issued with this access token, for the login with this nonce.
    pub(super) async fn verify_id_token(
        &self,
        token: &Secret,
        nonce: &Secret,
        access_token: &Secret,
    ) -> Result<IdTokenClaims> {
        let jwt = Jwt::parse(token.expose_secret())?;
        let claims = self.verify(&jwt, &self.oidc().id_token_algorithms).await?;
        if !matches!(jwt.header.typ().as_deref(), Some("jwt") | None) {
            return Err(TokenError::NotAnIdToken.into());
        }
        if let Some(missing) = ["sub", "iat"].into_iter().find(|name| !claims.contains_key(*name)) {
            return Err(TokenError::MissingClaim(missing).into());
        }
        let claims = IdTokenClaims::read(claims)?;
        let actual = claims.nonce.as_ref().ok_or(TokenError::MissingClaim("nonce"))?;
        verify_slices_are_equal(actual.as_bytes(), nonce.expose_secret().as_bytes())
            .map_err(|_| TokenError::InvalidNonce)?;
        match &claims.azp {
            Some(azp) if azp != self.app_id() => return Err(TokenError::InvalidAuthorizedParty.into()),
            None if claims.aud.len() > 1 => return Err(TokenError::MissingClaim("azp").into()),
            _ => {}
        }
        if claims.at_hash.as_ref().is_some_and(|hash| *hash != access_token_hash(access_token)) {
            return Err(TokenError::InvalidAccessTokenHash.into());
        }
        Ok(claims)
    }

    /// The claims of a token whose signature, issuer, audience and times are valid.
    async fn verify(&self, jwt: &Jwt<'_>, algorithms: &[IdTokenAlgorithm]) -> Result<Map<String, Value>> {
        if jwt.header.crit.is_some() {
            return Err(TokenError::UnsupportedCriticalHeader.into());
        }
        match (jwt.header.alg.as_str(), self.app_secret()) {
            ("RS256", _) if algorithms.contains(&IdTokenAlgorithm::Rs256) => verify_rs256(self, jwt).await?,
            ("HS256", Some(secret)) if algorithms.contains(&IdTokenAlgorithm::Hs256) => jwt.verify_hs256(secret)?,
            _ => return Err(TokenError::UnsupportedAlgorithm.into()),
        }
        let claims = jwt.claims()?;
        check_issuer(&claims, &self.oidc().issuer)?;
        check_audience(&claims, self.app_id())?;
        check_times(&claims)?;
        Ok(claims)
    }
}

/// Verifies the signature with the provider's keys, and with newer ones if they reject it.
async fn verify_rs256(client: &AuthenticationClient, jwt: &Jwt<'_>) -> Result<()> {
    let cache = &client.oidc().jwks;
    let keys = cache.keys(client).await?;
    let Err(rejection) = keys.verify(jwt) else { return Ok(()) };
    match cache.newer(client, &keys).await? {
        Some(newer) => Ok(newer.verify(jwt)?),
        None => Err(rejection.into()),
    }
}

fn check_issuer(claims: &Map<String, Value>, issuer: &str) -> Result<(), TokenError> {
    match claims.get("iss") {
        None | Some(Value::Null) => Err(TokenError::MissingClaim("iss")),
        Some(Value::String(iss)) if iss == issuer => Ok(()),
        Some(Value::String(_)) => Err(TokenError::InvalidIssuer),
        Some(_) => Err(TokenError::InvalidClaim),
    }
}

fn check_audience(claims: &Map<String, Value>, app_id: &str) -> Result<(), TokenError> {
    let audiences = match claims.get("aud") {
        None | Some(Value::Null) => return Err(TokenError::MissingClaim("aud")),
        Some(Value::Array(audiences)) => audiences,
        Some(audience @ Value::String(_)) => std::slice::from_ref(audience),
        Some(_) => return Err(TokenError::InvalidClaim),
    };
    audiences.iter().any(|audience| audience == app_id).then_some(()).ok_or(TokenError::InvalidAudience)
}

fn check_times(claims: &Map<String, Value>) -> Result<(), TokenError> {
    let time = |name| match claims.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Number(seconds)) => {
            seconds.as_f64().and_then(numeric_date::time).map(Some).ok_or(TokenError::InvalidClaim)
        }
        Some(_) => Err(TokenError::InvalidClaim),
    };
    let now = SystemTime::now();
    let expires = time("exp")?.ok_or(TokenError::MissingClaim("exp"))?;
    if expires + LEEWAY < now {
        return Err(TokenError::Expired);
    }
    for start in ["nbf", "iat"] {
        if time(start)?.is_some_and(|start| start > now + LEEWAY) {
            return Err(TokenError::NotYetValid);
        }
    }
    Ok(())
}

/// `at_hash`: the left half of the access token's hash.
fn access_token_hash(token: &Secret) -> String {
    let digest = digest(&SHA256, token.expose_secret().as_bytes());
    BASE64_URL_SAFE_NO_PAD.encode(&digest.as_ref()[..16])
}
