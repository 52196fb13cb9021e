//! The source of access tokens.

use std::pin::Pin;

use crate::{Result, Secret};

/// Called before each attempt to connect.
pub type TokenProvider = Box<dyn FnMut() -> Pin<Box<dyn Future<Output = Result<Secret>> + Send>> + Send>;
