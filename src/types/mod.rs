//! The types of requests and responses, by the names that the API's documentation uses.
//!
//! A type of a request has a `new` that takes the required properties, and a setter for each optional one. A type of a
//! response may gain properties in any release. String enums are open: a value that this release does not know decodes
//! to `Unknown`, and serializes unchanged.

mod cas_validation;
mod date_time;
mod free_form;
mod json_text;
pub(crate) mod lenient;
pub(crate) mod open_enum;
mod phone_number;
mod secret;
pub(crate) mod serde_table;

pub use cas_validation::CasValidation;
pub use date_time::DateTime;
pub use free_form::FreeForm;
pub use json_text::JsonText;
pub use phone_number::PhoneNumber;
pub use secret::Secret;

#[doc(inline)]
pub use crate::generated::types::*;

include!(concat!(env!("OUT_DIR"), "/types.rs"));
