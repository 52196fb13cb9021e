//! Where the access token comes from.

use std::pin::Pin;

use crate::{Result, Secret};

/// Asked each time that a line is opened.
pub type TokenProvider = Box<dyn FnMut() -> Pin<Box<dyn Future<Output = Result<Secret>> + Send>> + Send>;
