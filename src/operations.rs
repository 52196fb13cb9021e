//! The requests behind the methods of [`AuthenticationClient`](crate::AuthenticationClient), as types:
//! what a [`Call`](crate::Call) is generic over.

pub use crate::client::operation::Operation;
#[allow(unused_imports)]
use crate::types::*;

include!(concat!(env!("OUT_DIR"), "/operations.rs"));
