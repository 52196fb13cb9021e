//! The async runtime.

use tokio::runtime::{Builder, Runtime};

use super::error::{CliError, Result};

/// A runtime on this thread: a command does one thing at a time.
pub fn new() -> Result<Runtime> {
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| CliError::usage(format!("cannot start the async runtime: {error}")))
}
