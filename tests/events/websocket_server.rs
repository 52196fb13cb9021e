//! A server that speaks the WebSocket protocol byte by byte, and violates it where a test wants that.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use genauth::{AuthenticationClient, ClientBuilder};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

/// Serves every connection until it is dropped.
pub struct WebSocketServer {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
    _tasks: JoinSet<()>,
}

impl WebSocketServer {
    /// `serve` gets the number of the connection, from 0, and its socket.
    pub async fn start<F, T>(serve: F) -> Self
    where
        F: Fn(usize, Peer) -> T + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&connections);
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut open = JoinSet::new();
            loop {
                let (socket, _) = listener.accept().await.unwrap();
                open.spawn(serve(counter.fetch_add(1, SeqCst), Peer { socket }));
            }
        });
        Self { address, connections, _tasks: tasks }
    }

    /// Accepts every WebSocket, sends it bytes, and waits until the client is gone: the first bytes to the first
    /// connection, and so on; the last bytes also to all connections after that.
    pub async fn sending(bytes: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let bytes: Vec<_> = bytes.into_iter().collect();
        Self::start(move |number, mut peer| {
            let bytes = bytes[number.min(bytes.len() - 1)].clone();
            async move {
                peer.accept().await;
                peer.send(&bytes).await;
                peer.read_to_end().await;
            }
        })
        .await
    }

    /// Sends this response to the first request, and accepts every later one.
    pub async fn responding(response: Vec<u8>) -> Self {
        Self::start(move |number, mut peer| {
            let response = response.clone();
            async move {
                if number > 0 {
                    peer.accept().await;
                    peer.read_to_end().await;
                } else {
                    peer.request().await;
                    peer.send(&response).await;
                }
            }
        })
        .await
    }

    pub fn url(&self) -> String {
        format!("ws://{}", self.address)
    }

    pub fn proxy(&self) -> reqwest::Proxy {
        reqwest::Proxy::all(format!("http://{}", self.address)).unwrap()
    }

    /// A client whose events host is this server.
    pub fn builder(&self) -> ClientBuilder {
        let builder = AuthenticationClient::builder().app_id("an-app").app_host("http://127.0.0.1:1");
        builder.access_token("a-token").events_host(self.url())
    }

    /// How many connections there have been.
    pub fn connections(&self) -> usize {
        self.connections.load(SeqCst)
    }
}

/// The server's end of a connection.
pub struct Peer {
    socket: TcpStream,
}

impl Peer {
    /// Reads the head of the request.
    pub async fn request(&mut self) -> String {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            assert_ne!(self.socket.read_buf(&mut head).await.unwrap(), 0, "the request was truncated");
        }
        String::from_utf8(head).unwrap()
    }

    /// Upgrades the connection to a WebSocket; returns the head of the request.
    pub async fn accept(&mut self) -> String {
        let head = self.request().await;
        self.send(handshake_response(&head).as_bytes()).await;
        head
    }

    /// Sends these bytes; whether they could be sent does not matter.
    pub async fn send(&mut self, bytes: &[u8]) {
        let _ = self.socket.write_all(bytes).await;
    }

    /// Reads what the client sends until it is gone.
    pub async fn read_to_end(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let _ = self.socket.read_to_end(&mut bytes).await;
        bytes
    }
}

/// The response that accepts the WebSocket request with this head.
pub fn handshake_response(head: &str) -> String {
    let mut headers = head.lines().filter_map(|line| line.split_once(": "));
    let (_, key) = headers.find(|(name, _)| name.eq_ignore_ascii_case("sec-websocket-key")).unwrap();
    let accept = derive_accept_key(key.as_bytes());
    format!(
        "HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-accept: {accept}\r\n\r\n"
    )
}

/// A frame: its first byte (flags and opcode), and its payload.
pub fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let length = payload.len();
    let mut frame = vec![first];
    match length {
        0..=125 => frame.push(length as u8),
        126..=65535 => {
            frame.push(126);
            frame.extend((length as u16).to_be_bytes());
        }
        _ => {
            frame.push(127);
            frame.extend((length as u64).to_be_bytes());
        }
    }
    frame.extend(payload);
    frame
}

/// A text message in one frame.
pub fn text(payload: &str) -> Vec<u8> {
    frame(0x81, payload.as_bytes())
}
