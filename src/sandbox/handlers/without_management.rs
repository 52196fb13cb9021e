//! What administrators set is not there without the feature `management`: responses are examples.

use super::Handler;

pub static HANDLERS: &[(&str, Handler)] = &[("check-permission", Handler::EXAMPLE)];

pub const COLLECTION: Handler = Handler::EXAMPLE;
