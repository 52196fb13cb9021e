//! TODO
#![deny(missing_docs)]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod answer;
mod builder;
mod call;
mod client;
mod codes;
mod date_time;
mod envelope;
mod error;
mod generated;
mod open_enum;
mod operation;
pub mod operations;
mod pages;
mod phone_number;
#[cfg(feature = "sandbox")]
#[cfg_attr(docsrs, doc(cfg(feature = "sandbox")))]
pub mod sandbox;
mod secret;
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
pub use pages::{Items, Paged};
pub use phone_number::PhoneNumber;
pub use reqwest;
pub use secret::Secret;

/// The OpenAPI document, in JSON, that this release was generated from.
pub const OPENAPI: &str = include_str!(concat!(env!("OUT_DIR"), "/openapi.json"));
