//! Operations by name.

use crate::dynamic::{ArgumentError, Arguments, ByName, CallFuture, call_future, read, split};

include!(concat!(env!("OUT_DIR"), "/management/dynamic.rs"));
