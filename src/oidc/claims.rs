//! The claims of verified tokens.

use std::collections::HashMap;
use std::time::SystemTime;

use serde::{Deserialize, Deserializer, Serialize};

use super::numeric_date;
use crate::FreeForm;
use crate::types::UserInfoDto;

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
