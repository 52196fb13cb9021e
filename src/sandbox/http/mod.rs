//! The sandbox as an HTTP server.

#[cfg(feature = "management")]
pub mod access_key;
pub mod auth;
pub mod error;
pub mod fault;
pub mod form;
pub mod handle;
pub mod html;
pub mod login_form;
pub mod operation;
pub mod origin;
pub mod recorder;
pub mod redaction;
pub mod response;
pub mod router;
pub mod schema;
pub mod validation;
#[cfg(feature = "events")]
pub mod websocket;
