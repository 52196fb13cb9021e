//! The types of requests and responses, under the names that the API's documentation uses.
//!
//! A type of a request has a `new` that takes the required properties, and a setter for each optional one. A type of a
//! response may gain properties in any release. String enums are open: a value that this release does not know decodes
//! to `Unknown`, and serializes unchanged. The argument for a required enum has the enum's own type, so that two
//! arguments cannot be swapped unnoticed:
//!
//! ```
//! # fn example(client: genauth::AuthenticationClient) {
//! use genauth::types::SendSmsChannel;
//!
//! let call = client.send_sms(SendSmsChannel::Login, "18812348888");
//! # }
//! ```
//!
//! ```compile_fail
//! # fn example(client: genauth::AuthenticationClient) {
//! let call = client.send_sms("18812348888", "CHANNEL_LOGIN");
//! # }
//! ```

pub(crate) mod cas_validation;
pub(crate) mod date_time;
pub(crate) mod free_form;
pub(crate) mod json_text;
pub(crate) mod lenient;
pub(crate) mod mismatch;
pub(crate) mod open_enum;
pub(crate) mod phone_number;
pub(crate) mod secret;
pub(crate) mod serde_table;

#[doc(inline)]
pub use crate::generated::types::*;

include!(concat!(env!("OUT_DIR"), "/authentication/types.rs"));
