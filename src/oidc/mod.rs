//! OpenID Connect for web backends: login, token verification, refresh, revocation and logout.
//!
//! Redirect the browser to [`AuthorizationRequest::to_url`]. It returns to a callback handler, which passes the query to
//! [`handle_callback`](crate::AuthenticationClient::handle_callback). In between, store the request in the browser's
//! session: it serializes, and holds what the callback is checked against.
//!
//! ```no_run
//! use genauth::oidc::{AuthorizationRequest, TokenManager};
//! use genauth::{AuthenticationClient, Error};
//!
//! # struct Session;
//! # impl Session {
//! #     fn put(&self, _: &str, _: String) {}
//! #     fn take(&self, _: &str) -> Option<String> { None }
//! # }
//! /// `GET /login`: returns the URL to redirect to.
//! fn login(client: &AuthenticationClient, session: &Session) -> Result<String, Box<dyn std::error::Error>> {
//!     let request = client
//!         .authorization_request("https://shop.example/callback")?
//!         .scope("openid profile email offline_access");
//!     session.put("login", serde_json::to_string(&request)?);
//!     Ok(request.to_url(client)?.into())
//! }
//!
//! /// `GET /callback?…`: `query` is the callback's query string.
//! async fn callback(
//!     client: &AuthenticationClient,
//!     session: &Session,
//!     query: &str,
//! ) -> Result<TokenManager, Box<dyn std::error::Error>> {
//!     let request: AuthorizationRequest = serde_json::from_str(&session.take("login").ok_or("log in first")?)?;
//!     let login = client.handle_callback(&request, query).await?;
//!     println!("welcome, {}", login.claims.user.sub);
//!     Ok(TokenManager::new(client, login.tokens))
//! }
//!
//! /// Later requests of the user: the token is refreshed before it expires.
//! async fn profile(tokens: &TokenManager) -> Result<(), Error> {
//!     println!("{:?}", tokens.client().await?.get_profile().await?.nickname);
//!     Ok(())
//! }
//!
//! /// `GET /logout`: returns the URL that ends the session with the service; end the backend's own session first.
//! fn logout(client: &AuthenticationClient, tokens: &TokenManager) -> Result<String, Error> {
//!     let mut url = client.build_logout_url().post_logout_redirect_uri("https://shop.example/");
//!     if let Some(token) = tokens.tokens().id_token {
//!         url = url.id_token_hint(token);
//!     }
//!     Ok(url.to_url()?.into())
//! }
//! ```
//!
//! A backend that receives access tokens verifies them locally with
//! [`verify_access_token`](crate::AuthenticationClient::verify_access_token).
//!
//! # What is checked
//!
//! Callback: it must come to a client with the issuer and the application of the request; `state` must equal the request's,
//! compared in constant time; no parameter of the response may be repeated; `iss`, if present, must be the issuer.
//!
//! Every token: its type; the signature, with RS256 and a key of its `kid` (ID tokens may also use HS256 and the app secret,
//! if [`ClientBuilder::id_token_algorithms`](crate::ClientBuilder::id_token_algorithms) allows it); `iss`, `aud`, `exp`,
//! `nbf` and `iat`, with 60 seconds of tolerance for clock differences. ID tokens also: `nonce`, `azp`, and `at_hash` if
//! present. Other claims are read if they can be, and left out otherwise.
//!
//! A failed check is a [`CallbackError`] or [`TokenError`] that names it.
//!
//! # Keys and issuer
//!
//! The keys are fetched when the first token is verified, once for all waiting callers, and again when they reject a token,
//! at most once a minute. They are trusted for an hour, or for what the response's `Cache-Control` says between five minutes
//! and a day, and fetched again in the background before. They are at the `jwks_uri` of the provider's configuration if
//! that is on the same host; [`ClientBuilder::jwks_uri`](crate::ClientBuilder::jwks_uri) sets another URL.
//!
//! The issuer is the host with `/oidc`, or the one set by [`ClientBuilder::issuer`](crate::ClientBuilder::issuer).

mod authorization_request;
mod callback;
mod claims;
mod jwk;
mod jwks;
mod jwt;
mod numeric_date;
mod pkce;
mod provider;
mod random_token;
mod revocation;

mod token_manager;
mod token_set;
mod verification;

pub use crate::error::{CallbackError, TokenError};
pub use authorization_request::AuthorizationRequest;
pub use callback::Login;
pub use claims::{AccessTokenClaims, IdTokenClaims};
pub(crate) use provider::{Provider, ProviderConfig};
pub use token_manager::TokenManager;
pub use token_set::TokenSet;
pub use verification::IdTokenAlgorithm;
