//! What all connections of a sandbox share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::sandbox::store::state::State;

#[derive(Clone)]
pub struct Handle {
    state: Arc<Mutex<State>>,
    shutdown: watch::Receiver<()>,
}

impl Handle {
    /// The sandbox shuts down when the sender is dropped.
    pub fn new(state: State) -> (Self, watch::Sender<()>) {
        let (sender, shutdown) = watch::channel(());
        (Self { state: Arc::new(Mutex::new(state)), shutdown }, sender)
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Resolves when the sandbox shuts down.
    pub async fn shutdown(mut self) {
        let _ = self.shutdown.changed().await;
    }
}
