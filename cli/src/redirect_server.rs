//! The loopback server that the login page redirects the browser to (RFC 8252).

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{future, io};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;

/// How long the server goes on after the login: some browsers fetch the last page twice.
const LINGER: Duration = Duration::from_secs(1);
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
    page: watch::Sender<Option<Page>>,
}

impl Callback {
    pub fn respond(self, page: Page) {
        self.page.send_replace(Some(page));
    }
}

impl RedirectServer {
    /// Listens on this port, or on any free one if it is 0.
    pub async fn start(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let redirect_uri = format!("http://{}/callback", listener.local_addr()?);
        let (sender, callbacks) = mpsc::channel(1);
        let (stop, stopped) = oneshot::channel::<()>();
        let state = Receiver { callbacks: sender, last: Arc::default() };
        let router = Router::new().route("/callback", get(receive)).with_state(state);
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
        tokio::time::sleep(LINGER).await;
        drop(self.stop);
        let _ = tokio::time::timeout(SHUTDOWN_TIMEOUT, self.server).await;
    }
}

#[derive(Clone)]
struct Receiver {
    callbacks: mpsc::Sender<Callback>,
    last: Arc<Mutex<Option<Received>>>,
}

/// The last callback, and its page once there is one.
struct Received {
    query: String,
    page: watch::Receiver<Option<Page>>,
}

/// Passes a callback on once, since its code works once; the same request gets the same page.
async fn receive(State(receiver): State<Receiver>, method: Method, headers: HeaderMap, uri: Uri) -> Page {
    if method == Method::HEAD {
        return (StatusCode::OK, "");
    }
    let is_prefetch = |name| headers.get(name).is_some_and(|value| value.as_bytes().starts_with(b"prefetch"));
    if is_prefetch("sec-purpose") || is_prefetch("purpose") {
        // The browser asks again when the user gets here.
        return (StatusCode::SERVICE_UNAVAILABLE, "Not before the page is opened.\n");
    }
    let query = uri.query().unwrap_or_default().to_owned();
    let (mut page, callback) = receiver.page(&query);
    if let Some(callback) = callback {
        let _ = receiver.callbacks.send(callback).await;
    }
    let page = page.wait_for(Option::is_some).await.ok().and_then(|page| *page);
    page.unwrap_or((StatusCode::GONE, "This login has ended.\n"))
}

impl Receiver {
    /// The page for this query, and the callback if it is a new one.
    fn page(&self, query: &str) -> (watch::Receiver<Option<Page>>, Option<Callback>) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(received) = last.as_ref().filter(|received| received.query == query) {
            return (received.page.clone(), None);
        }
        let (sender, page) = watch::channel(None);
        *last = Some(Received { query: query.to_owned(), page: page.clone() });
        (page, Some(Callback { query: query.to_owned(), page: sender }))
    }
}
