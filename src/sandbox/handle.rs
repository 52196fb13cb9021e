//! What the parts of a running sandbox share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::state::State;

#[derive(Clone)]
pub struct Running {
    state: Arc<Mutex<State>>,
    stop: watch::Receiver<()>,
}

impl Running {
    /// It runs until the sender is dropped.
    pub fn new(state: State) -> (Self, watch::Sender<()>) {
        let (sender, stop) = watch::channel(());
        (Self { state: Arc::new(Mutex::new(state)), stop }, sender)
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the end.
    pub async fn stopped(mut self) {
        let _ = self.stop.changed().await;
    }
}
