//! Where the browser comes back to.

use std::net::Ipv4Addr;
use std::time::Duration;
use std::{future, io};

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

/// How long a browser may take to fetch the last page.
const PATIENCE: Duration = Duration::from_secs(2);

/// What a browser is shown.
pub type Page = (StatusCode, &'static str);

/// A server on loopback, for as long as somebody logs in.
pub struct Callbacks {
    /// The address that the browser is to come back to.
    pub address: String,
    received: mpsc::Receiver<Callback>,
    stop: oneshot::Sender<()>,
    server: JoinHandle<io::Result<()>>,
}

/// A browser that has come back, and waits for a page.
pub struct Callback {
    pub query: String,
    page: oneshot::Sender<Page>,
}

impl Callback {
    pub fn answer(self, page: Page) {
        // Where the browser has gone away, nobody is left to be told.
        let _ = self.page.send(page);
    }
}

impl Callbacks {
    /// Listens on this port; 0 takes a free one.
    pub async fn on(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = format!("http://{}/callback", listener.local_addr()?);
        let (sender, received) = mpsc::channel(1);
        let (stop, stopped) = oneshot::channel::<()>();
        let router = Router::new().route("/callback", get(receive)).with_state(sender);
        let server = axum::serve(listener, router).with_graceful_shutdown(async { stopped.await.unwrap_or_default() });
        Ok(Self { address, received, stop, server: tokio::spawn(server.into_future()) })
    }

    pub async fn next(&mut self) -> Callback {
        match self.received.recv().await {
            Some(callback) => callback,
            // The server holds the other end as long as it runs.
            None => future::pending().await,
        }
    }

    /// Stops when the browser has its page.
    pub async fn stop(self) {
        drop(self.stop);
        let _ = tokio::time::timeout(PATIENCE, self.server).await;
    }
}

async fn receive(State(callbacks): State<mpsc::Sender<Callback>>, address: Uri) -> Page {
    let (page, answered) = oneshot::channel();
    let query = address.query().unwrap_or_default().to_owned();
    let _ = callbacks.send(Callback { query, page }).await;
    answered.await.unwrap_or((StatusCode::GONE, "This login is over.\n"))
}
