//! The emulated identity provider: OpenID Connect, OAuth 2.0 and CAS.

pub mod claims;
pub mod login;
pub mod redirect;
pub mod sha256;
pub mod signing_key;
pub mod tokens;

use super::store::state::State;

/// The `iss` claim of the provider's tokens.
pub fn issuer(state: &State) -> String {
    format!("{}/oidc", state.url)
}
