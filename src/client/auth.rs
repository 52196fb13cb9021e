//! How a request is authenticated: client credentials in the body, or `Basic` and `Bearer` in the header.

use base64::prelude::{BASE64_STANDARD, Engine};
use url::form_urlencoded::byte_serialize;
use zeroize::Zeroizing;

use crate::Secret;
use crate::client::operation::{Operation, SecurityScheme};

/// How the application's secret is sent to the operations that require it: its token endpoint authentication method,
/// as set in the console.
#[doc(alias = "TokenEndpointAuth")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ClientAuthMethod {
    /// `client_secret_post`: id and secret go into the body. The console's default.
    #[default]
    ClientSecretPost,
    /// `client_secret_basic`: id and secret go into the `Authorization` header.
    ClientSecretBasic,
    /// `none`: the secret is not sent.
    None,
}

/// The application's id and secret, and how the secret is sent.
pub struct ClientAuth {
    pub app_id: String,
    pub app_secret: Option<Secret>,
    pub method: ClientAuthMethod,
}

/// Puts the application's credentials into the body of an operation that requires them. Returns the `Authorization`
/// header's value where the secret goes there instead. Credentials that the caller put into the body take precedence.
pub fn apply_client_credentials<O: Operation>(
    auth: Option<&ClientAuth>,
    operation: &mut O,
) -> Option<Zeroizing<String>> {
    let auth = auth?;
    let is_oauth = O::SECURITY.contains(&SecurityScheme::OauthClient);
    if !is_oauth && !O::SECURITY.contains(&SecurityScheme::AppSecret) {
        return None;
    }
    let body = operation.client_credentials();
    if body.as_ref().is_some_and(|body| body.secret.is_some()) {
        return None;
    }
    match (&auth.app_secret, auth.method) {
        (Some(secret), ClientAuthMethod::ClientSecretBasic) => Some(basic(&auth.app_id, secret, is_oauth)),
        (Some(secret), ClientAuthMethod::ClientSecretPost) => {
            let body = body?;
            body.id.get_or_insert_with(|| auth.app_id.clone());
            *body.secret = Some(secret.clone());
            None
        }
        // RFC 6749 section 3.2.1: a client without a secret identifies itself by `client_id`.
        _ if is_oauth => {
            body?.id.get_or_insert_with(|| auth.app_id.clone());
            None
        }
        _ => None,
    }
}

/// The header of RFC 7617. OAuth 2.0 form-encodes id and secret first (RFC 6749 section 2.3.1).
fn basic(app_id: &str, secret: &Secret, form_encoded: bool) -> Zeroizing<String> {
    let parts = [app_id, secret.expose_secret()].map(|part| match form_encoded {
        true => byte_serialize(part.as_bytes()).collect(),
        false => part.to_owned(),
    });
    let credentials = Zeroizing::new(Zeroizing::new(parts).join(":"));
    let encoded = Zeroizing::new(BASE64_STANDARD.encode(credentials.as_bytes()));
    Zeroizing::new(format!("Basic {}", *encoded))
}

/// The header of RFC 6750.
pub fn bearer(token: &Secret) -> Zeroizing<String> {
    Zeroizing::new(format!("Bearer {}", token.expose_secret()))
}
