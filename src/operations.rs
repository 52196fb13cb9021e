//! The operations of the API as types, one for each method of [`AuthenticationClient`](crate::AuthenticationClient):
//! the type parameter of a [`Call`](crate::Call).

include!(concat!(env!("OUT_DIR"), "/authentication/operations.rs"));
