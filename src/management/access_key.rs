//! How requests are authenticated with an access key.

use std::fmt;
use std::time::Duration;

use reqwest::Request;
use reqwest::header::AUTHORIZATION;
#[cfg(feature = "events")]
use zeroize::Zeroizing;

use super::access_token::{AccessToken, AccessTokenCache};
use super::signature;
use crate::client::auth::bearer;
use crate::client::authenticator::{Authenticator, Completion};
use crate::client::core::ClientCore;
use crate::client::headers::{insert, vendor_header};
use crate::{Error, Result, Secret};

/// How calls of the management API are authenticated with an access key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum AccessKeyAuthMethod {
    /// The key is exchanged for an access token, which goes into the `Authorization` header.
    #[default]
    BearerToken,
    /// Each request is signed with the key's secret by HMAC-SHA1, and the secret never leaves the process. The service
    /// rejects signatures of another time: keep the clock right.
    Signature,
}

pub struct AccessKey {
    pub id: String,
    pub secret: Secret,
    method: AccessKeyAuthMethod,
    tokens: AccessTokenCache,
}

impl AccessKey {
    pub fn new(id: String, secret: Secret, method: AccessKeyAuthMethod) -> Self {
        Self { id, secret, method, tokens: AccessTokenCache::default() }
    }

    async fn add_token(&self, client: &ClientCore, request: &mut Request, time_left: Duration) -> Result<u64> {
        let token = match &client.options().access_token {
            Some(token) => AccessToken::given(token.clone()),
            None => self.tokens.token(client, (&self.id, &self.secret), time_left).await?,
        };
        let headers = request.headers_mut();
        insert(headers, AUTHORIZATION.as_str(), &bearer(&token.secret))?;
        let header = vendor_header(client.brand(), "userpool-id");
        if let Some(id) = token.user_pool_id.filter(|_| !headers.contains_key(&header)) {
            insert(headers, &header, &id)?;
        }
        Ok(token.generation)
    }
}

impl Authenticator for AccessKey {
    fn authenticate<'a>(
        &'a self,
        client: &'a ClientCore,
        request: &'a mut Request,
        time_left: Duration,
    ) -> Completion<'a> {
        Box::pin(async move {
            if request.headers().contains_key(AUTHORIZATION) {
                return Ok(0);
            }
            match (self.method, &client.options().access_token) {
                (AccessKeyAuthMethod::Signature, None) => {
                    signature::sign(request, client.brand(), (&self.id, &self.secret)).map(|()| 0)
                }
                _ => self.add_token(client, request, time_left).await,
            }
        })
    }

    fn renews(&self, generation: u64, error: &Error) -> bool {
        self.tokens.renews(generation, error)
    }

    #[cfg(feature = "events")]
    fn handshake_authorization(&self, client: &ClientCore) -> Zeroizing<String> {
        signature::handshake_authorization(client.brand(), (&self.id, &self.secret))
    }
}

impl fmt::Debug for AccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessKey").field("id", &self.id).field("method", &self.method).finish_non_exhaustive()
    }
}
