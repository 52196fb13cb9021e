//! Tasks that run once for all who wait for them.

use std::sync::{Mutex, PoisonError};

use tokio::sync::watch;
use tracing::Instrument;

use crate::error::{Result, TokenError};

/// A task that runs once for all who wait for it, and to its end even if nobody does any more.
pub struct SingleFlight<T>(Mutex<Option<watch::Receiver<Option<Result<T>>>>>);

impl<T> Default for SingleFlight<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone + Send + Sync + 'static> SingleFlight<T> {
    /// Joins the running task.
    #[cfg(feature = "oidc")]
    /// Joins the running task.
    #[cfg(feature = "oidc")]
    pub fn running(&self) -> Option<Flight<T>> {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.clone().map(Flight).filter(Flight::is_running)
    }

    /// Joins the running task, or starts this one.
    pub fn join<F>(&self, start: impl FnOnce() -> F) -> Flight<T>
    where
        F: Future<Output = Result<T>> + Send + 'static,
    {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(running) = last.clone().map(Flight).filter(Flight::is_running) {
            return running;
        }
        let (sender, receiver) = watch::channel(None);
        let task = start();
        tokio::spawn(async move { sender.send_replace(Some(task.await)) }.in_current_span());
        *last = Some(receiver.clone());
        Flight(receiver)
    }
}

/// A task that has been joined. It goes on if this is dropped.
pub struct Flight<T>(watch::Receiver<Option<Result<T>>>);

impl<T> Flight<T> {
    fn is_running(&self) -> bool {
        self.0.borrow().is_none() && self.0.has_changed().is_ok()
    }
}

impl<T: Clone> Flight<T> {
    pub async fn outcome(mut self) -> Result<T> {
        let outcome = self.0.wait_for(Option::is_some).await.ok().and_then(|outcome| outcome.clone());
        outcome.unwrap_or_else(|| Err(TokenError::RuntimeShutdown.into()))
    }
}
