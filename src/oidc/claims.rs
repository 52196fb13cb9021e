//! The claims of verified tokens.

use std::collections::HashMap;
use std::time::SystemTime;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::numeric_date::{self, option::Seconds};
use crate::FreeForm;
use crate::error::TokenError;
use crate::types::UserInfoDto;
use crate::types::lenient::{self, Tolerant};

/// The claims of a verified ID token: who logged in, when and how.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct IdTokenClaims {
    /// The issuer.
    pub iss: String,
    /// The audience, which includes this application.
    #[serde(deserialize_with = "one_or_many")]
    pub aud: Vec<String>,
    /// When the token expires.
    #[serde(with = "numeric_date")]
    pub exp: SystemTime,
    /// When the token was issued.
    #[serde(with = "numeric_date")]
    pub iat: SystemTime,
    /// When the user authenticated, possibly for another application.
    #[serde(default, with = "numeric_date::option", skip_serializing_if = "Option::is_none")]
    pub auth_time: Option<SystemTime>,
    /// The nonce of the authorization request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// The authorized party: the application that the token was issued to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub azp: Option<String>,
    /// The left half of the access token's SHA-256 hash, in base64url.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_hash: Option<String>,
    /// The authentication context class: how strongly the user was authenticated, in the server's own terms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acr: Option<String>,
    /// The authentication methods, such as `pwd` or `otp`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amr: Vec<String>,
    /// The id of the user's session with the service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// The user: `sub`, and the profile claims that the scope and the server put into ID tokens. All other claims are in
    /// its `extra`.
    #[serde(flatten)]
    pub user: UserInfoDto,
}

impl IdTokenClaims {
    /// Reads what is proof strictly, and everything else leniently: it cannot cost the login.
    pub(super) fn read(mut claims: Map<String, Value>) -> Result<Self, TokenError> {
        #[derive(Deserialize)]
        struct Proof {
            iss: String,
            #[serde(deserialize_with = "one_or_many")]
            aud: Vec<String>,
            #[serde(with = "numeric_date")]
            exp: SystemTime,
            #[serde(with = "numeric_date")]
            iat: SystemTime,
            nonce: Option<String>,
            azp: Option<String>,
            at_hash: Option<String>,
            /// Returned with the user.
            #[serde(rename = "sub")]
            _sub: String,
        }
        #[derive(Deserialize)]
        struct Others {
            auth_time: Option<Tolerant<Seconds>>,
            acr: Option<Tolerant<String>>,
            amr: Option<Tolerant<Vec<String>>>,
            sid: Option<Tolerant<String>>,
        }
        let all = Value::Object(claims.clone());
        let Proof { iss, aud, exp, iat, nonce, azp, at_hash, .. } =
            Proof::deserialize(&all).map_err(|_| TokenError::InvalidClaim)?;
        let Others { auth_time, acr, amr, sid } = lenient::read(&all).map_err(|_| TokenError::InvalidClaim)?;
        for own in ["iss", "aud", "exp", "iat", "nonce", "azp", "at_hash", "auth_time", "acr", "amr", "sid"] {
            claims.remove(own);
        }
        let user = lenient::read(&Value::Object(claims)).map_err(|_| TokenError::InvalidClaim)?;
        let auth_time = readable(auth_time).map(|Seconds(time)| time);
        let (acr, amr, sid) = (readable(acr), readable(amr).unwrap_or_default(), readable(sid));
        Ok(Self { iss, aud, exp, iat, auth_time, nonce, azp, at_hash, acr, amr, sid, user })
    }
}

fn readable<T>(claim: Option<Tolerant<T>>) -> Option<T> {
    claim.and_then(|Tolerant(claim)| claim)
}

/// The claims of a verified access token: who may do what.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AccessTokenClaims {
    /// The issuer.
    pub iss: String,
    /// The audience, which includes this application.
    #[serde(deserialize_with = "one_or_many")]
    pub aud: Vec<String>,
    /// When the token expires.
    #[serde(with = "numeric_date")]
    pub exp: SystemTime,
    /// The time before which the token is not valid.
    #[serde(default, with = "numeric_date::option", skip_serializing_if = "Option::is_none")]
    pub nbf: Option<SystemTime>,
    /// When the token was issued.
    #[serde(default, with = "numeric_date::option", skip_serializing_if = "Option::is_none")]
    pub iat: Option<SystemTime>,
    /// The id of the user. A token of the client credentials grant may have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub: Option<String>,
    /// The scope, separated by spaces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// The id of the token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jti: Option<String>,
    /// All other claims.
    #[serde(flatten)]
    pub extra: HashMap<String, FreeForm>,
}

impl AccessTokenClaims {
    /// Reads what is proof strictly, and everything else leniently.
    pub(super) fn read(mut claims: Map<String, Value>) -> Result<Self, TokenError> {
        #[derive(Deserialize)]
        struct Proof {
            iss: String,
            #[serde(deserialize_with = "one_or_many")]
            aud: Vec<String>,
            #[serde(with = "numeric_date")]
            exp: SystemTime,
            #[serde(default, with = "numeric_date::option")]
            nbf: Option<SystemTime>,
            #[serde(default, with = "numeric_date::option")]
            iat: Option<SystemTime>,
            sub: Option<String>,
        }
        #[derive(Deserialize)]
        struct Others {
            scope: Option<Tolerant<String>>,
            jti: Option<Tolerant<String>>,
        }
        let all = Value::Object(claims.clone());
        let Proof { iss, aud, exp, nbf, iat, sub } = Proof::deserialize(&all).map_err(|_| TokenError::InvalidClaim)?;
        let Others { scope, jti } = lenient::read(&all).map_err(|_| TokenError::InvalidClaim)?;
        for own in ["iss", "aud", "exp", "nbf", "iat", "sub", "scope", "jti"] {
            claims.remove(own);
        }
        let (scope, jti) = (readable(scope), readable(jti));
        let extra = claims.into_iter().map(|(name, claim)| (name, claim.into())).collect();
        Ok(Self { iss, aud, exp, nbf, iat, sub, scope, jti, extra })
    }

    /// Whether the token's scope includes `name`.
    pub fn has_scope(&self, name: &str) -> bool {
        self.scope.as_ref().is_some_and(|scope| scope.split(' ').any(|granted| granted == name))
    }
}

fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Audience {
        One(String),
        Many(Vec<String>),
    }
    Ok(match Audience::deserialize(deserializer)? {
        Audience::One(audience) => vec![audience],
        Audience::Many(audiences) => audiences,
    })
}
