//! Authentication by what is not known before a request is made: a token that has to be fetched, or a signature.

use std::fmt::Debug;
use std::pin::Pin;
use std::time::Duration;

use reqwest::Request;
#[cfg(feature = "events")]
use zeroize::Zeroizing;

use crate::client::core::ClientCore;
use crate::{Error, Result};

/// Authenticates the requests of operations that need more than the headers that a client has from the start.
pub(crate) trait Authenticator: Debug + Send + Sync {
    /// Completes a request, within `time_left`, unless the caller has authenticated it. Returns the generation of the
    /// credentials, 0 for those that cannot be renewed.
    fn authenticate<'a>(
        &'a self,
        client: &'a ClientCore,
        request: &'a mut Request,
        time_left: Duration,
    ) -> Completion<'a>;

    /// Whether the server rejected the call because credentials of this generation are no longer good, and newer ones
    /// may do.
    fn renews(&self, generation: u64, error: &Error) -> bool;

    /// The value of the header `Authorization` of a WebSocket's handshake.
    #[cfg(feature = "events")]
    fn handshake_authorization(&self, client: &ClientCore) -> Zeroizing<String>;
}

pub(crate) type Completion<'a> = Pin<Box<dyn Future<Output = Result<u64>> + Send + 'a>>;
