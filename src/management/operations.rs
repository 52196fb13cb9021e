//! The operations of the management API as types, one for each method of
//! [`ManagementClient`](crate::ManagementClient): the type parameter of a [`Call`](crate::Call).

include!(concat!(env!("OUT_DIR"), "/management/operations.rs"));
