//! Logging in by OpenID Connect: what a web backend does around the protocol's operations.
//!
//! The browser is sent to [`AuthorizationRequest::to_url`], and comes back to a handler that gives the query to
//! [`handle_callback`](crate::AuthenticationClient::handle_callback). In between, the request waits in the browser's
//! session: it holds what the callback is checked against, and it can be serialized.
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
//! /// `GET /login`: answers with a redirect to the address.
//! fn login(client: &AuthenticationClient, session: &Session) -> Result<String, Box<dyn std::error::Error>> {
//!     let request = client
//!         .authorization_request("https://shop.example/callback")?
//!         .scope("openid profile email offline_access");
//!     session.put("login", serde_json::to_string(&request)?);
//!     Ok(request.to_url(client)?.into())
//! }
//!
//! /// `GET /callback?…`: `query` is what stands behind the `?`.
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
//! /// Whatever the user does later: the token is renewed when it is about to expire.
//! async fn profile(tokens: &TokenManager) -> Result<(), Error> {
//!     println!("{:?}", tokens.client().await?.get_profile().await?.nickname);
//!     Ok(())
//! }
//!
//! /// `GET /logout`: ends the session with the service; the backend's own session is for the backend to end.
//! fn logout(client: &AuthenticationClient, tokens: &TokenManager) -> Result<String, Error> {
//!     let mut address = client.build_logout_url().post_logout_redirect_uri("https://shop.example/");
//!     if let Some(token) = tokens.tokens().id_token {
//!         address = address.id_token_hint(token);
//!     }
//!     Ok(address.to_url()?.into())
//! }
//! ```
//!
//! A backend that is called with access tokens checks them by
//! [`verify_access_token`](crate::AuthenticationClient::verify_access_token), without a request for each.
//!
//! # What is checked
//!
//! Of a callback: that its `state` is the request's, compared in constant time; that no parameter which matters comes
//! twice; that its `iss`, if there is one, is the issuer. Of a token: its signature, by the key that it names, with
//! RS256 (ID tokens may also be signed with HS256 and the application's secret); `iss`, `aud`, `exp`, `nbf` and `iat`,
//! with 60 seconds for clocks that differ; of an ID token also `nonce`, `azp`, and `at_hash` if it is there. What fails
//! is a [`CallbackError`] or [`TokenError`] that says which.
//!
//! The keys are fetched when the first token is checked, once for all who wait, and again when a token names a key
//! that is not among them, at most once a minute.
//!
//! The issuer is the host with `/oidc`, or what [`ClientBuilder::issuer`](crate::ClientBuilder::issuer) says.

mod authorization_request;
mod callback;
mod claims;
mod jwks;
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
pub(crate) use provider::Provider;
pub use token_manager::TokenManager;
pub use token_set::TokenSet;
