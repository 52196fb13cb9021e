//! The types of requests and responses of the management API, under the names that the API's documentation uses. They
//! are made as those of [the authentication API](crate::types), and the types that both APIs have are the same.

#[doc(inline)]
pub use super::generated::types::*;

include!(concat!(env!("OUT_DIR"), "/management/types.rs"));
