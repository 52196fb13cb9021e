//! Tokens, and when they expire.

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::numeric_date;
use crate::Secret;
use crate::types::OauthTokenRespDto;

/// The longest time before its end at which a token is renewed.
const MARGIN: Duration = Duration::from_secs(60);

/// Tokens as the token endpoint gave them, and the times that its answer implies.
///
/// It serializes, secrets included, to be kept with the user's session. `Debug` does not show them.
///
/// ```
/// # async fn example(client: genauth::AuthenticationClient) -> genauth::Result<()> {
/// use genauth::oidc::TokenSet;
///
/// let tokens: TokenSet = client.get_access_token_by_client_credentials("orders", "an-access-key", "its-secret").await?.into();
/// println!("good until {:?}", tokens.expires_at);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TokenSet {
    /// What calls for the user, or the program, are made with.
    pub access_token: Secret,
    /// How the access token is sent; `Bearer`.
    pub token_type: String,
    /// When the tokens came.
    #[serde(with = "numeric_date")]
    pub obtained_at: SystemTime,
    /// When the access token expires, if the server said so.
    #[serde(default, with = "numeric_date::option", skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<SystemTime>,
    /// What new tokens are asked for with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<Secret>,
    /// Who has logged in, signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_token: Option<Secret>,
    /// What the access token is good for, separated by spaces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
}

impl TokenSet {
    /// Whether the access token is of no use any more.
    pub fn is_expired(&self) -> bool {
        self.expires_within(Duration::ZERO)
    }

    /// Whether the access token will be of no use after this time. If the server did not say when it expires, no.
    pub fn expires_within(&self, time: Duration) -> bool {
        self.expires_at.is_some_and(|end| end.duration_since(SystemTime::now()).unwrap_or_default() <= time)
    }

    /// Whether it is time to renew it: a minute before its end, or half its life if that is shorter.
    pub(super) fn is_due(&self) -> bool {
        let life = self.expires_at.and_then(|end| end.duration_since(self.obtained_at).ok()).unwrap_or_default();
        self.expires_within(MARGIN.min(life / 2))
    }

    /// These tokens, with what a renewal did not bring anew. The ID token stays that of the login: another one would
    /// have to be verified first.
    pub(super) fn renewed(&self, answer: OauthTokenRespDto) -> Self {
        let new = Self::from(answer);
        Self {
            refresh_token: new.refresh_token.or_else(|| self.refresh_token.clone()),
            id_token: self.id_token.clone(),
            scope: new.scope.or_else(|| self.scope.clone()),
            ..new
        }
    }
}

/// The time is now: convert the answer when it comes.
impl From<OauthTokenRespDto> for TokenSet {
    fn from(answer: OauthTokenRespDto) -> Self {
        let obtained_at = SystemTime::now();
        let life = answer.expires_in.map(|seconds| Duration::from_secs(seconds.try_into().unwrap_or_default()));
        Self {
            access_token: answer.access_token,
            token_type: answer.token_type,
            obtained_at,
            expires_at: life.and_then(|life| obtained_at.checked_add(life)),
            refresh_token: answer.refresh_token,
            id_token: answer.id_token,
            scope: answer.scope,
        }
    }
}
