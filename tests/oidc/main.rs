//! Logging in by OpenID Connect, against a provider that also lies.

mod access_tokens;
mod addresses;
mod callbacks;
mod id_tokens;
mod keys;
mod provider;
mod revocation;
mod signing;
mod token_handles;
mod vectors;
