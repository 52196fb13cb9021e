//! The SDK for the GenAuth identity service, also known as Authing.
//!
//! Every operation of the authentication API is a typed method of [`AuthenticationClient`], and those that administrators
//! use are methods of [`ManagementClient`].
//!
//! ```no_run
//! use genauth::AuthenticationClient;
//! # async fn example() -> genauth::Result<()> {
//! let client = AuthenticationClient::builder()
//!     .app_id("64f1c0ffee5d2a0012ab34cd")
//!     .app_host("https://example.genauth.ai")
//!     .build()?;
//!
//! // The code comes from the phone button of a WeChat mini program.
//! let phone = client.get_wechat_miniprogram_phone("0a1bC2Ga1xq", "my-wxapp").await?;
//! println!("{}", phone.phone_number);
//! # Ok(())
//! # }
//! ```
//!
//! Three types matter:
//!
//! - [`AuthenticationClient`] sends the calls of one application. It is immutable and cheap to clone.
//! - [`Call`] is what every method returns: set its options, then `.await` it.
//! - [`Error`] says what failed, why, and what to do.
//!
//! # How do I …
//!
//! | task | see |
//! | --- | --- |
//! | sign a user in with an SMS code? | [`AuthenticationClient::sign_in_by_phone_passcode`], after `send_sms` |
//! | call on behalf of a signed-in user? | [`AuthenticationClient::with_access_token`] |
//! | set a timeout, a header or a language? | [`Call`], or [`ClientBuilder`] for all calls |
//! | handle a rejection? | [`Error::api_code`] |
//! | change when calls are retried? | [`RetryPolicy`] |
//! | get the full response, with its request id? | [`Call::envelope`] |
//! | iterate over all pages of a list? | [`Call::items`] |
//! | build a URL for the browser, such as for logout? | [`UrlBuilder`] |
//! | create users, give them roles, suspend them? | [`management`] |
//! | log users in with OpenID Connect? | [`oidc`] |
//! | receive events? | [`events`] |
//! | test without an account? | [`sandbox`] |
//! | call operations by name? | [`dynamic`] |
//! | trace calls, or know exactly what is guaranteed? | [docs/GUARANTEES.md] |
//!
//! # Features
//!
//! | feature | what it adds |
//! | --- | --- |
//! | `rustls` (default) | TLS by rustls, with the platform's certificate authorities; preferred if both are enabled |
//! | `native-tls` | TLS by the platform's library; on Linux it needs OpenSSL's headers |
//! | `management` | the management API: users, groups, roles, organizations, and what they may do |
//! | `oidc` | OpenID Connect: authorization requests, callbacks, token verification and refresh |
//! | `events` | the event stream over a WebSocket |
//! | `dynamic` | operations called by name, and static data about each |
//! | `sandbox`, `explorer` | the in-process emulator of the service; the same with web pages |
//! | `schemars` | `JsonSchema` for every type |
//! | `full` | everything but `native-tls` |
//!
//! [docs/GUARANTEES.md]: https://github.com/genauth/genauth-rust/blob/HEAD/docs/GUARANTEES.md

#![deny(missing_docs)]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod client;
#[cfg(feature = "dynamic")]
#[cfg_attr(docsrs, doc(cfg(feature = "dynamic")))]
pub mod dynamic;
mod error;
#[cfg(feature = "events")]
#[cfg_attr(docsrs, doc(cfg(feature = "events")))]
pub mod events;
mod generated;
#[cfg(feature = "management")]
#[cfg_attr(docsrs, doc(cfg(feature = "management")))]
pub mod management;
#[cfg(feature = "oidc")]
#[cfg_attr(docsrs, doc(cfg(feature = "oidc")))]
pub mod oidc;
pub mod operations;
#[cfg(feature = "sandbox")]
#[cfg_attr(docsrs, doc(cfg(feature = "sandbox")))]
pub mod sandbox;
#[cfg(any(feature = "oidc", feature = "management"))]
mod single_flight;
#[cfg(any(feature = "dynamic", feature = "sandbox"))]
#[cfg_attr(docsrs, doc(cfg(feature = "dynamic")))]
pub mod spec;
pub mod types;

pub use client::{
    AuthenticationClient, Brand, Call, ClientAuthMethod, ClientBuilder, Envelope, ItemStream, Operation, Paginated,
    RetryPolicy, UrlBuilder, UrlOperation,
};
pub use error::{
    ApiCode, ApiError, ApiStatus, ConfigError, DecodeError, Error, ErrorKind, OAuthError, OAuthErrorCode, Result,
    TransportError, UnexpectedResponse,
};
#[cfg(feature = "management")]
#[cfg_attr(docsrs, doc(cfg(feature = "management")))]
pub use management::ManagementClient;
pub use reqwest;
pub use types::{
    cas_validation::CasValidation, date_time::DateTime, free_form::FreeForm, json_text::JsonText,
    phone_number::PhoneNumber, secret::Secret,
};

/// The OpenAPI document of the authentication API that this release was generated from, as JSON.
pub const OPENAPI: &str = include_str!(concat!(env!("OUT_DIR"), "/authentication/openapi.json"));
