//! Logging in by OpenID Connect, against a provider that also lies.

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
