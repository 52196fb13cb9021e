//! What verified tokens say.

use std::collections::HashMap;
use std::time::SystemTime;

use serde::{Deserialize, Deserializer, Serialize};

use super::numeric_date;
use crate::FreeForm;
use crate::types::UserInfoDto;

/// What a verified ID token says: who has logged in, when and how.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct IdTokenClaims {
    /// Who made the token.
    pub iss: String,
    /// Whom it is for; this application is among them.
    #[serde(deserialize_with = "one_or_many")]
    pub aud: Vec<String>,
    /// When it expires.
    #[serde(with = "numeric_date")]
    pub exp: SystemTime,
    /// When it was made.
    #[serde(with = "numeric_date")]
    pub iat: SystemTime,
    /// When the user logged in, which may have been for another application.
    #[serde(default, with = "numeric_date::option", skip_serializing_if = "Option::is_none")]
    pub auth_time: Option<SystemTime>,
    /// The nonce of the authorization request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// The application that it was issued to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub azp: Option<String>,
    /// The beginning of the access token's digest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_hash: Option<String>,
    /// How well the server knows that it is the user, by a name of the server's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acr: Option<String>,
    /// How the user proved it, such as `pwd` or `otp`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amr: Vec<String>,
    /// Id of the user's session with the service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// The user: `sub`, and as much of the profile as the scope and the server put into ID tokens. All other claims are
    /// in its `extra`.
    #[serde(flatten)]
    pub user: UserInfoDto,
}

/// What a verified access token says: who may do what.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AccessTokenClaims {
    /// Who made the token.
    pub iss: String,
    /// Whom it is for; this application is among them.
    #[serde(deserialize_with = "one_or_many")]
    pub aud: Vec<String>,
    /// When it expires.
    #[serde(with = "numeric_date")]
    pub exp: SystemTime,
    /// From when on it is good.
    #[serde(default, with = "numeric_date::option", skip_serializing_if = "Option::is_none")]
    pub nbf: Option<SystemTime>,
    /// When it was made.
    #[serde(default, with = "numeric_date::option", skip_serializing_if = "Option::is_none")]
    pub iat: Option<SystemTime>,
    /// Id of the user; a program's token may have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub: Option<String>,
    /// What it is good for, separated by spaces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// Its own id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jti: Option<String>,
    /// All other claims.
    #[serde(flatten)]
    pub extra: HashMap<String, FreeForm>,
}

impl AccessTokenClaims {
    /// Whether this is among what the token is good for.
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
