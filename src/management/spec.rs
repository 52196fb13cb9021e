//! What the OpenAPI document says of each operation of the management API, as static data.

use crate::spec::*;

include!(concat!(env!("OUT_DIR"), "/management/spec.rs"));
