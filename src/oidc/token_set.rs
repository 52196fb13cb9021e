//! A set of tokens and its expiry.

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::numeric_date;
use crate::Secret;
use crate::types::OauthTokenRespDto;

/// An access token is refreshed at most this long before it expires.
const REFRESH_MARGIN: Duration = Duration::from_secs(60);

/// The tokens of a token endpoint's response, and when they expire.
///
/// It serializes, secrets included: store it with the user's session. `Debug` does not show the secrets.
///
/// ```
/// # async fn example(client: genauth::AuthenticationClient) -> genauth::Result<()> {
/// use genauth::oidc::TokenSet;
///
/// let tokens: TokenSet = client.get_access_token_by_client_credentials("orders", "an-access-key", "its-secret").await?.into();
/// println!("expires at {:?}", tokens.expires_at);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TokenSet {
    /// The access token.
    pub access_token: Secret,
    /// The type of the access token; `Bearer`.
    pub token_type: String,
    /// When the tokens were received, by the local clock.
    #[serde(with = "numeric_date")]
    pub obtained_at: SystemTime,
    /// When the access token expires, if the response has `expires_in`.
    #[serde(default, with = "numeric_date::option", skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<SystemTime>,
    /// The refresh token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<Secret>,
    /// The ID token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_token: Option<Secret>,
    /// The scope of the access token, separated by spaces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
}

impl TokenSet {
    /// Whether the access token has expired.
    pub fn is_expired(&self) -> bool {
        self.expires_within(Duration::ZERO)
    }

    /// Whether the access token expires within `duration`; `false` if [`expires_at`](Self::expires_at) is unknown.
    pub fn expires_within(&self, duration: Duration) -> bool {
        self.expires_at.is_some_and(|end| end.duration_since(SystemTime::now()).unwrap_or_default() <= duration)
    }

    /// How long the access token is valid from when it was received; zero if that is unknown.
    pub(super) fn lifetime(&self) -> Duration {
        self.expires_at.and_then(|end| end.duration_since(self.obtained_at).ok()).unwrap_or_default()
    }

    /// Whether at most a minute, or half the access token's lifetime if that is shorter, is left.
    pub(super) fn needs_refresh(&self) -> bool {
        self.expires_within(REFRESH_MARGIN.min(self.lifetime() / 2))
    }

    /// The refreshed tokens; what the response leaves out stays as it is. So does the ID token: a new one would have to be
    /// verified first.
    pub(super) fn refreshed(&self, new: Self) -> Self {
        Self {
            refresh_token: new.refresh_token.or_else(|| self.refresh_token.clone()),
            id_token: self.id_token.clone(),
            scope: new.scope.or_else(|| self.scope.clone()),
            ..new
        }
    }

    /// The refreshed tokens in a response of another form, so that a rotated refresh token is not lost.
    pub(super) fn refreshed_in_part(&self, body: &[u8]) -> Option<Self> {
        let body: Value = serde_json::from_slice(body).ok()?;
        let token = |name: &str| {
            let token = body.get(name).or_else(|| body["data"].get(name))?.as_str()?;
            (!token.is_empty()).then(|| Secret::from(token))
        };
        let (access_token, refresh_token) = (token("access_token"), token("refresh_token"));
        match access_token {
            Some(access_token) => Some(self.refreshed(Self {
                access_token,
                token_type: self.token_type.clone(),
                obtained_at: SystemTime::now(),
                expires_at: None,
                refresh_token,
                id_token: None,
                scope: None,
            })),
            None => refresh_token.map(|token| Self { refresh_token: Some(token), ..self.clone() }),
        }
    }
}

/// Convert the response as soon as it arrives: `expires_in` counts from now.
impl From<OauthTokenRespDto> for TokenSet {
    fn from(response: OauthTokenRespDto) -> Self {
        let obtained_at = SystemTime::now();
        let lifetime = response.expires_in.map(|seconds| Duration::from_secs(seconds.try_into().unwrap_or_default()));
        Self {
            access_token: response.access_token,
            token_type: response.token_type,
            obtained_at,
            expires_at: lifetime.and_then(|lifetime| obtained_at.checked_add(lifetime)),
            refresh_token: response.refresh_token.filter(is_present),
            id_token: response.id_token.filter(is_present),
            scope: response.scope,
        }
    }
}

/// An empty token counts as none.
fn is_present(token: &Secret) -> bool {
    !token.expose_secret().is_empty()
}
