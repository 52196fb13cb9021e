//! A server that speaks the WebSocket protocol byte by byte, and breaks it where it is told to.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use genauth::{AuthenticationClient, ClientBuilder};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

/// Serves one connection after the other, until it is dropped.
pub struct LineServer {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
    _tasks: JoinSet<()>,
}

impl LineServer {
    /// `serve` gets the number of the connection, from 0, and its other end.
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
            let mut lines = JoinSet::new();
            loop {
                let (socket, _) = listener.accept().await.unwrap();
                lines.spawn(serve(counter.fetch_add(1, SeqCst), Peer { socket }));
            }
        });
        Self { address, connections, _tasks: tasks }
    }

    /// Accepts each line, and sends these bytes over it: to the first line the first, to the last and all that
    /// follow the last. Then it waits until the client has gone.
    pub async fn sending(bytes: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let bytes: Vec<_> = bytes.into_iter().collect();
        Self::start(move |number, mut peer| {
            let bytes = bytes[number.min(bytes.len() - 1)].clone();
            async move {
                peer.accept().await;
                peer.send(&bytes).await;
                peer.gone().await;
            }
        })
        .await
    }

    /// Answers the first request with these bytes and no line; accepts the second.
    pub async fn refusing(answer: Vec<u8>) -> Self {
        Self::start(move |number, mut peer| {
            let answer = answer.clone();
            async move {
                if number > 0 {
                    peer.accept().await;
                    peer.gone().await;
                } else {
                    peer.request().await;
                    peer.send(&answer).await;
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

    /// A client whose events come from here.
    pub fn builder(&self) -> ClientBuilder {
        let builder = AuthenticationClient::builder().app_id("an-app").app_host("http://127.0.0.1:1");
        builder.access_token("a-token").events_host(self.url())
    }

    /// How many connections there were.
    pub fn connections(&self) -> usize {
        self.connections.load(SeqCst)
    }
}

/// The other end of a connection.
pub struct Peer {
    socket: TcpStream,
}

impl Peer {
    /// The head of the request.
    pub async fn request(&mut self) -> String {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            assert_ne!(self.socket.read_buf(&mut head).await.unwrap(), 0, "the request broke off");
        }
        String::from_utf8(head).unwrap()
    }

    /// Makes the connection a WebSocket; returns the head of the request.
    pub async fn accept(&mut self) -> String {
        let head = self.request().await;
        self.send(acceptance(&head).as_bytes()).await;
        head
    }

    /// Sends these bytes, whether or not anybody takes them.
    pub async fn send(&mut self, bytes: &[u8]) -> bool {
        self.socket.write_all(bytes).await.is_ok()
    }

    /// What the client sends until it has gone.
    pub async fn gone(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let _ = self.socket.read_to_end(&mut bytes).await;
        bytes
    }
}

/// The answer to a request for a WebSocket.
pub fn acceptance(head: &str) -> String {
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    let key = lines.filter(|(name, _)| name.eq_ignore_ascii_case("sec-websocket-key")).map(|(_, key)| key).next();
    let accept = derive_accept_key(key.unwrap().as_bytes());
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

/// A whole text message.
pub fn text(payload: &str) -> Vec<u8> {
    frame(0x81, payload.as_bytes())
}
