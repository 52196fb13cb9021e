//! The management API: what an administrator, or a backend on behalf of one, does with a user pool.
//!
//! A [`ManagementClient`] is made from an access key, an ID and a secret from the console. It fetches its access token at
//! the first call, and keeps it until shortly before it expires.
//!
//! ```no_run
//! # async fn example() -> genauth::Result<()> {
//! use futures_util::TryStreamExt;
//! use genauth::ManagementClient;
//!
//! let management = ManagementClient::builder()
//!     .access_key_id("62e22100c0ffee5d2a0012ab")
//!     .access_key_secret("8f1d4c0b7a6e4f0c9d2b3a5e6f708192")
//!     .build()?;
//!
//! let user = management.create_user().email("lin@example.com").await?;
//! println!("{}", user.user_id);
//!
//! let mut users = management.list_users().items();
//! while let Some(user) = users.try_next().await? {
//!     println!("{user:?}");
//! }
//! # Ok(())
//! # }
//! ```

mod access_key;
mod access_token;
mod builder;
mod client;
#[cfg(feature = "dynamic")]
mod dynamic;
mod generated;
pub mod operations;
pub(crate) mod signature;
#[cfg(any(feature = "dynamic", feature = "sandbox"))]
#[cfg_attr(docsrs, doc(cfg(feature = "dynamic")))]
pub mod spec;
pub mod types;

pub use access_key::AccessKeyAuthMethod;
pub use builder::ManagementClientBuilder;
pub use client::ManagementClient;

/// The OpenAPI document of the management API that this release was generated from, as JSON.
pub const OPENAPI: &str = include_str!(concat!(env!("OUT_DIR"), "/management/openapi.json"));
