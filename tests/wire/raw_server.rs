//! An HTTP server that keeps the requests it receives, and responds with given bytes.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Serves one request per connection, until it is dropped.
pub struct RawServer {
    address: SocketAddr,
    requests: tokio::sync::mpsc::UnboundedReceiver<Request>,
    task: JoinHandle<()>,
}

/// A request as received.
#[derive(Debug)]
pub struct Request {
    pub line: String,
    /// In the order sent, names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

impl RawServer {
    /// Sends the same response to every request.
    pub async fn start(response: impl Into<Vec<u8>>) -> Self {
        Self::with_responses([response.into()]).await
    }

    /// Sends one response after the other, and repeats the last. For an empty one, the connection is closed.
    pub async fn with_responses(responses: impl IntoIterator<Item = Vec<u8>>) -> Self {
        Self::at(SocketAddr::from(([127, 0, 0, 1], 0)), responses).await
    }

    /// Listens at this address.
    pub async fn at(address: SocketAddr, responses: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let mut responses: Vec<_> = responses.into_iter().collect();
        responses.reverse();
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, requests) = tokio::sync::mpsc::unbounded_channel();
        let task = tokio::spawn(async move {
            loop {
                let (mut socket, _) = listener.accept().await.unwrap();
                let _ = sender.send(read(&mut socket).await);
                let response = if responses.len() > 1 { responses.pop() } else { responses.last().cloned() };
                let _ = socket.write_all(&response.unwrap_or_default()).await;
                let _ = socket.shutdown().await;
            }
        });
        Self { address, requests, task }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The next request received.
    pub async fn request(&mut self) -> Request {
        self.requests.recv().await.unwrap()
    }

    /// The number of requests received that [`request`](Self::request) has not returned.
    pub fn waiting(&self) -> usize {
        self.requests.len()
    }
}

impl Drop for RawServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn read(socket: &mut TcpStream) -> Request {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let mut lines = head.lines();
            let line = lines.next().unwrap_or_default().to_owned();
            let headers: Vec<_> = lines
                .filter_map(|line| line.split_once(": "))
                .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
                .collect();
            let request = Request { line, headers, body: body.to_owned() };
            let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
            if body.len() >= length {
                return request;
            }
        }
        if socket.read_buf(&mut bytes).await.unwrap() == 0 {
            panic!("truncated request: {text:?}");
        }
    }
}

/// A full HTTP response with a JSON body.
pub fn json(status: &str, body: &str) -> Vec<u8> {
    http(status, "application/json", body.as_bytes())
}

/// A full HTTP response.
pub fn http(status: &str, content_type: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}
