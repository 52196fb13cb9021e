//! OpenID Connect, against a provider that can misbehave.

mod access_tokens;
mod callbacks;
mod id_tokens;
mod jwks;
mod provider;
mod revocation;
mod signing;
mod token_manager;
mod urls;
mod vectors;
