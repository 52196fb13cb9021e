//! The objects that requests and answers are made of, by the names that the API's documentation uses.
//!
//! What is sent has a `new` that takes its required properties, and a setter for each of the rest.
//! What the server fills may gain properties in any release. String enums are open: a value
//! that this release does not know decodes to `Unknown`, and goes back out as it came.

#[doc(inline)]
pub use crate::generated::types::*;

include!(concat!(env!("OUT_DIR"), "/types.rs"));
