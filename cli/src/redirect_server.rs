//! The loopback server that the login page redirects the browser to (RFC 8252).

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

/// The time that a browser has to fetch the last page.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(2);

/// A page for the browser.
pub type Page = (StatusCode, &'static str);

/// The server; it runs during a login.
pub struct RedirectServer {
    pub redirect_uri: String,
    callbacks: mpsc::Receiver<Callback>,
    stop: oneshot::Sender<()>,
    server: JoinHandle<io::Result<()>>,
}

/// A request of a browser that was redirected here, and waits for a page.
pub struct Callback {
    pub query: String,
    page: oneshot::Sender<Page>,
}

impl Callback {
    pub fn respond(self, page: Page) {
        // The browser may have closed the connection.
        let _ = self.page.send(page);
    }
}

impl RedirectServer {
    /// Listens on this port, or on any free one if it is 0.
    pub async fn start(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let redirect_uri = format!("http://{}/callback", listener.local_addr()?);
        let (sender, callbacks) = mpsc::channel(1);
        let (stop, stopped) = oneshot::channel::<()>();
        let router = Router::new().route("/callback", get(receive)).with_state(sender);
        let server = axum::serve(listener, router).with_graceful_shutdown(async { stopped.await.unwrap_or_default() });
        Ok(Self { redirect_uri, callbacks, stop, server: tokio::spawn(server.into_future()) })
    }

    pub async fn next(&mut self) -> Callback {
        match self.callbacks.recv().await {
            Some(callback) => callback,
            // The running server keeps the sender.
            None => future::pending().await,
        }
    }

    /// Stops once the browser has its page.
    pub async fn stop(self) {
        drop(self.stop);
        let _ = tokio::time::timeout(SHUTDOWN_TIMEOUT, self.server).await;
    }
}

async fn receive(State(callbacks): State<mpsc::Sender<Callback>>, uri: Uri) -> Page {
    let (page, response) = oneshot::channel();
    let query = uri.query().unwrap_or_default().to_owned();
    let _ = callbacks.send(Callback { query, page }).await;
    response.await.unwrap_or((StatusCode::GONE, "This login has ended.\n"))
}
