//! The SDK for the GenAuth identity service, which also runs as Authing.
//!
//! Every operation of the authentication API is a typed method of [`AuthenticationClient`]. All of them are generated
//! from the OpenAPI description under `openapi/`, and so are their types, their documentation and the sandbox.
//!
//! ```no_run
//! use genauth::AuthenticationClient;
//!
//! # async fn example() -> genauth::Result<()> {
//! let client = AuthenticationClient::builder()
//!     .app_id("64f1c0ffee5d2a0012ab34cd")
//!     .app_host("https://example.genauth.ai")
//!     .build()?;
//!
//! // The code comes from the phone button of a WeChat mini program.
//! let phone = client.get_wechat_miniprogram_phone("0a1bC2Ga1xq", "my-wxapp").await?;
//! println!("{}", phone.phone_number);
//!
//! // What a signed-in user does takes that user's access token, on a handle of its own.
//! let tokens = client.sign_in_by_email_password("lin@example.com", "correct horse").await?;
//! if let Some(token) = tokens.access_token {
//!     let user = client.with_access_token(token);
//!     println!("{:?}", user.get_profile().with_custom_data(true).await?.nickname);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Three types matter:
//!
//! - [`AuthenticationClient`]: an application at its host, and for whom it calls. Cheap to clone; handles for single
//!   users come from [`with_access_token`](AuthenticationClient::with_access_token).
//! - [`Call`]: what every method returns. Set what is optional, then `.await` it for the data, or await
//!   [`envelope`](Call::envelope) for the whole answer, or walk [`items`](Call::items) where there are pages.
//! - [`Error`]: what went wrong, whose fault it is, and what to do.
//!
//! What is sent has a constructor for what is required and a setter for each of the rest; what comes back survives
//! properties and values that this release does not know. See [`types`].
//!
//! # Errors
//!
//! ```no_run
//! # async fn example(client: genauth::AuthenticationClient) {
//! use genauth::{ApiCode, Error};
//!
//! match client.sign_in_by_account_password("lin", "correct horse").await {
//!     Ok(tokens) => println!("signed in: {tokens:?}"),
//!     Err(e) if e.api_code() == Some(ApiCode::WRONG_CREDENTIALS) => println!("try again"),
//!     Err(error) if error.is_throttled() => println!("wait a minute"),
//!     Err(Error::Transport(error)) => println!("no answer: {error}"),
//!     Err(error) => println!("{error}; quote {:?} to support", error.request_id()),
//! }
//! # }
//! ```
//!
//! # Secrets
//!
//! Passwords, codes and tokens are [`Secret`]s: no `Debug` shows them, and their memory is wiped. [`PhoneNumber`]s are
//! masked in `Debug`. No error shows the body of an answer; it is kept aside for who asks for it. TLS is verified,
//! redirects are not followed, and a plain `http://` host is refused unless it is this machine.
//!
//! # Features
//!
//! | feature | what it adds |
//! | --- | --- |
//! | `rustls` (default) | TLS by rustls, trusting the platform's certificate authorities; used where both are on |
//! | `native-tls` | TLS by the platform's own library; on Linux it needs OpenSSL's headers |
//! | `sandbox` | [`sandbox`], an embedded look-alike of the service for examples and tests |
//! | `schemars` | `JsonSchema` for every type |

#![deny(missing_docs)]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod answer;
mod builder;
mod call;
mod client;
mod codes;
mod connection;
mod date_time;
mod envelope;
mod error;
mod free_form;
mod generated;
mod open_enum;
mod operation;
pub mod operations;
mod pages;
mod phone_number;
mod retry;
#[cfg(feature = "sandbox")]
#[cfg_attr(docsrs, doc(cfg(feature = "sandbox")))]
pub mod sandbox;
mod secret;
mod trace;
mod transport;
pub mod types;
mod wire;

pub use builder::{Brand, ClientBuilder, TokenEndpointAuth};
pub use call::Call;
pub use client::AuthenticationClient;
pub use codes::{ApiCode, StatusCode};
pub use date_time::DateTime;
pub use envelope::Envelope;
pub use error::{ApiError, ConfigError, Error, InvalidResponse, Result, TransportError, UnexpectedResponse};
pub use free_form::FreeForm;
pub use pages::{Items, Paged};
pub use phone_number::PhoneNumber;
pub use reqwest;
pub use retry::Retries;
pub use secret::Secret;

/// The OpenAPI document, in JSON, that this release was generated from.
pub const OPENAPI: &str = include_str!(concat!(env!("OUT_DIR"), "/openapi.json"));
